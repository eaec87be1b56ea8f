using System.CommandLine;
using OmaIm.Load;
using OmaIm.Load.Commands;

var root = RunCommand.Create();
root.Add(ConfigCommand.Create());
root.Add(SoakCommand.Create());
root.Add(StallCommand.Create());
root.Add(ChurnCommand.Create());
root.Add(IdleCommand.Create());
root.Add(NeighbourCommand.Create());
root.Add(AnchorCommand.Create());
root.Add(CopyCommand.Create());
root.Add(FileCommand.Create());
var arguments = root.Parse(args);

// Ctrl-C: everybody leaves by BYE first.
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
