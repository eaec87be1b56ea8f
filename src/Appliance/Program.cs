Console.WriteLine("omaim-server");
