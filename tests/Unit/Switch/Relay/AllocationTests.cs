using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>The steady state of a relay allocates nothing, neither for a message nor for its answer nor for a piece of a long one.</summary>
public sealed class AllocationTests : RelayTestBase
{
    // What the runtime may do on the side in all of a run. The smallest object for each message would be ten times that.
    private const long Tolerance = 32 * 1024;

    private byte[] _answer = [];

    [Theory]
    [InlineData(64, "1-*/*", '$', "")]
    [InlineData(64, "1-64/64", '$', "\r\nFailure-Report: partial\r\nContent-ID: <a@b>\r\nX-Any: x")]
    [InlineData(64, "1-*/*", '+', "\r\nSuccess-Report: yes")]
    [InlineData(15_000, "1-*/*", '$', "")]
    [InlineData(1_000_000, "1-*/*", '$', "")]
    public void NothingIsAllocatedForAMessageAndItsAnswers(int size, string range, char flag, string headers)
    {
        var frame = MsrpText.Bytes(
            MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", new string('x', size), range, flag)
                .Replace("\r\nContent-Type: message", headers + "\r\nContent-Type: message", StringComparison.Ordinal));
        Bob.Connection.DiscardsOutput = false;
        Alice.Connection.DiscardsOutput = true;
        _answer = MsrpText.Bytes(MsrpText.Response("0123456789abcdef", 200, Bob.SessionPath, Bob.Path).Replace("Comment", "OK", StringComparison.Ordinal));
        var count = size > 100_000 ? 20 : 5000;
        Run(frame, count);
        var deliveries = Bench.Msrp.Statistics.Deliveries;
        var allocated = Run(frame, count);
        Assert.True(Bench.Msrp.Statistics.Deliveries - deliveries >= count);
        Assert.False(Alice.Connection.IsPaused);
        Assert.InRange(allocated, 0, Tolerance);
    }

    [Fact]
    public void NothingIsAllocatedForASenderWhoIsKnown()
    {
        Bench.Route.First.CheckSenders(static from => from.SequenceEqual("sip:alice@example.com"u8));
        var body = MsrpText.Cpim("sip:alice@example.com", "sip:bob@example.com", "hello");
        var frame = MsrpText.Bytes(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", body));
        Alice.Connection.DiscardsOutput = true;
        _answer = MsrpText.Bytes(MsrpText.Response("0123456789abcdef", 200, Bob.SessionPath, Bob.Path).Replace("Comment", "OK", StringComparison.Ordinal));
        Run(frame, 5000);
        var deliveries = Bench.Msrp.Statistics.Deliveries;
        Assert.InRange(Run(frame, 5000), 0, Tolerance);
        Assert.Equal(5000, Bench.Msrp.Statistics.Deliveries - deliveries);
    }

    private long Run(byte[] frame, int count)
    {
        long allocated = 0;
        for (var i = 0; i < count; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Alice.Connection.Receive(frame);
            Bench.Msrp.Run();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;

            // What the test itself needs to read the id of the request is not counted.
            var output = Bob.Connection.TakeOutput();
            for (var at = output.AsSpan().IndexOf("MSRP "u8); at >= 0 && at < output.Length;)
            {
                output.AsSpan(at + 5, 16).CopyTo(_answer.AsSpan(5));
                output.AsSpan(at + 5, 16).CopyTo(_answer.AsSpan(_answer.Length - 19));
                before = GC.GetAllocatedBytesForCurrentThread();
                Bob.Connection.Receive(_answer);
                Bench.Msrp.Run();
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                var next = output.AsSpan(at + 5).IndexOf("\r\nMSRP "u8);
                at = next < 0 ? -1 : at + 5 + next + 2;
            }
        }

        return allocated;
    }
}
