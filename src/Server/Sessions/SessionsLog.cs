using System.Net;
using Microsoft.Extensions.Logging;

namespace OmaIm.Server.Sessions;

/// <summary>What the one-to-one sessions log. What a peer sends never goes above debug, and never raw into a line: users are known names.</summary>
public sealed partial class SessionsLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<SessionsLog>();

    [LoggerMessage(EventId = 3401, Level = LogLevel.Debug, Message = "Session request refused ({Reason}) from {Remote}")]
    public partial void Refused(string reason, IPEndPoint remote);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Debug, Message = "Session of {Caller} with {Callee}: {Event}")]
    public partial void Changed(string caller, string callee, string @event);

    [LoggerMessage(EventId = 3403, Level = LogLevel.Debug, Message = "Connecting to a client of a session failed: {Error}")]
    public partial void ConnectFailed(string error);
}
