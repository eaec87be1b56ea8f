Console.WriteLine("omaim-load");
