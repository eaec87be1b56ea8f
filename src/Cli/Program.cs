using System.CommandLine;
using OmaIm.Cli;
using OmaIm.Cli.Chat;
using OmaIm.Cli.Im;

const string About =
    """
    The OmaIm instant messaging client

    Exit codes: 0 done, delivered, or over at the end of input; 1 failed; 2 wrong command line; 3 not let in; 4 no such user or room, or
    forbidden; 5 server not reached; 6 not there, busy, or declined; 7 taken or stored, but not known to be delivered.
    """;
var root = new RootCommand(About) { ChatCommand.Create(), ImCommand.Create(), ListenCommand.Create() };

// A text may begin with @, and a file of that name is none of ours.
var arguments = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

// After Ctrl-C: the goodbyes to the server take 4 s at most (ImClient.DisposeAsync).
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
