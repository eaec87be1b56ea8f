using System.Net;
using Microsoft.Extensions.Logging;

namespace OmaIm.Server.Rooms;

/// <summary>What the rooms log. What a peer sends never goes above debug, and never raw into a line: rooms and users are known names.</summary>
public sealed partial class RoomsLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<RoomsLog>();

    [LoggerMessage(EventId = 3301, Level = LogLevel.Debug, Message = "Room request refused ({Reason}) from {Remote}")]
    public partial void Refused(string reason, IPEndPoint remote);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Debug, Message = "{User} entered {Room}")]
    public partial void Entered(string user, string room);

    [LoggerMessage(EventId = 3303, Level = LogLevel.Debug, Message = "{User} left {Room} ({Reason})")]
    public partial void Left(string user, string room, string reason);

    [LoggerMessage(EventId = 3304, Level = LogLevel.Debug, Message = "{Room} was created by {User}")]
    public partial void Created(string room, string user);

    [LoggerMessage(EventId = 3305, Level = LogLevel.Debug, Message = "{Room} is empty and gone")]
    public partial void Removed(string room);

    [LoggerMessage(EventId = 3306, Level = LogLevel.Debug, Message = "Connecting to a member of {Room} failed: {Error}")]
    public partial void ConnectFailed(string room, string error);
}
