using System.CommandLine;
using OmaIm.Cli;
using OmaIm.Cli.Chat;
using OmaIm.Cli.Im;

var root = new RootCommand("The OmaIm instant messaging client") { ChatCommand.Create(), ImCommand.Create(), ListenCommand.Create() };
var arguments = root.Parse(args);
var code = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
