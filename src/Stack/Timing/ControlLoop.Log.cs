using Microsoft.Extensions.Logging;

namespace OmaIm.Stack.Timing;

public sealed partial class ControlLoop
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "A callback on the control loop failed; the loop goes on")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception);
}
