using System.Collections;
using OmaIm.Appliance.CommandLine;

var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
return await new ServerCommand(environment, Console.Out, Console.Error).RunAsync(args);
