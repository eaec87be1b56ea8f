using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <content>What the loop counts and writes down of what goes wrong.</content>
public sealed partial class MsrpLoop
{
    /// <summary>Counts and logs an exception that nobody caught: a mistake of ours, kept from costing others more than its owner.</summary>
    public void ReportFailure(Exception exception)
    {
        Statistics.CallbackFailures++;
        if (_logger is not null)
        {
            LogCallbackFailed(_logger, exception);
        }
    }

    internal void ReportRejection(MsrpRejection rejection, string remote)
    {
        Statistics.Count(rejection);
        if (_logger is not null)
        {
            LogRejected(_logger, rejection, remote);
        }
    }

    internal void ReportClosed(MsrpCloseReason reason, string remote)
    {
        Statistics.Count(reason);
        if (_logger is not null)
        {
            LogClosed(_logger, reason, remote);
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "A callback on the MSRP loop failed")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(2002, LogLevel.Debug, "MSRP frame refused: {Rejection}, from {Remote}")]
    private static partial void LogRejected(ILogger logger, MsrpRejection rejection, string remote);

    [LoggerMessage(2003, LogLevel.Debug, "MSRP connection closed: {Reason}, to {Remote}")]
    private static partial void LogClosed(ILogger logger, MsrpCloseReason reason, string remote);
}
