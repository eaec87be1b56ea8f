using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

public abstract class RelayTestBase : IDisposable
{
    private protected RelayBench Bench { get; init; } = new();

    private protected MsrpPeer Alice => Bench.Alice;

    private protected MsrpPeer Bob => Bench.Bob;

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Alice says something that comes to Bob, and hears 200.</summary>
    private protected MsrpWireFrame Relay(
        string messageId, string body, string? range = null, char flag = '$', string contentType = "text/plain", params string[] headers)
    {
        var id = Alice.Send(messageId, body, range, flag, contentType, headers);
        var answer = Alice.TakeOne();
        Assert.Equal((200, id), (answer.StatusCode, answer.TransactionId));
        return Bob.TakeOne();
    }

    private protected static void IsReport(MsrpWireFrame frame, string messageId, string range, int status)
    {
        Assert.Equal(("REPORT", messageId, range), (frame.Method, frame.MessageId, frame.ByteRange));
        Assert.StartsWith($"000 {status}", frame["Status"], StringComparison.Ordinal);
    }
}
