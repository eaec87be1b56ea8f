using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transport;

public sealed partial class SipTransport
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Debug, Message = "Rejected a message from {Remote}: {Rejection}")]
    private static partial void LogRejected(ILogger logger, object remote, SipRejection rejection);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Debug, Message = "SIP connection with {Remote} closed: {Reason}")]
    private static partial void LogConnectionClosed(ILogger logger, object remote, string reason);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Debug, Message = "Refused a SIP connection from {Remote}: limit reached")]
    private static partial void LogConnectionRefused(ILogger logger, object remote);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Error, Message = "SIP connection with {Remote} failed in our code; it is closed")]
    private static partial void LogConnectionFailed(ILogger logger, object remote, Exception exception);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Error, Message = "A datagram from {Remote} failed in our code; it is dropped")]
    private static partial void LogDatagramFailed(ILogger logger, object remote, Exception exception);
}
