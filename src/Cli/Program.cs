using System.CommandLine;
using OmaIm.Cli;
using OmaIm.Cli.Chat;

var root = new RootCommand("The OmaIm instant messaging client") { ChatCommand.Create() };
var arguments = root.Parse(args);
var code = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
