Console.WriteLine("omaim");
