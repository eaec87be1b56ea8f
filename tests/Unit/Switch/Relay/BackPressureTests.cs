using System.Text;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>A slow receiver slows down his own sender, and nobody else.</summary>
public sealed class BackPressureTests : RelayTestBase
{
    private static int Outbox => MsrpBench.Options.OutboxBytes;

    [Fact]
    public void ASenderIsReadNoFasterThanTheReceiverTakes()
    {
        const int Size = 3_000_000;
        var body = string.Create(Size, 0, static (span, _) => new Random(1).GetItems("abcdefgh\r\n-".AsSpan(), span));
        Bob.Connection.Block();
        Alice.Connection.Receive(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", body));
        Bench.Msrp.Run();
        Assert.True(Alice.Connection.IsPaused);
        Assert.InRange(Bob.Connection.Backlog, 1, Outbox);
        var unread = Alice.Connection.UnreadInput;
        Assert.True(unread > Size - Outbox);
        Bench.Msrp.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(unread, Alice.Connection.UnreadInput);

        var text = new StringBuilder();
        var output = new List<byte>();
        for (var turn = 0; Alice.Connection.UnreadInput > 0 || Bob.Connection.Backlog > 0; turn++)
        {
            Bob.Connection.Unblock(20_000);
            Bench.Msrp.Run(TimeSpan.FromSeconds(1));
            Assert.InRange(Bob.Connection.Backlog, 0, Outbox);
            output.AddRange(Bob.Connection.TakeOutput());
            Assert.True(turn < 1000);
        }

        Bob.Connection.Unblock();
        Bench.Msrp.Run();
        output.AddRange(Bob.Connection.TakeOutput());
        foreach (var frame in MsrpReference.Read(output.ToArray()).Frames)
        {
            Assert.Equal($"{text.Length + 1}-{text.Length + frame.Body!.Length}/*", frame.ByteRange);
            text.Append(frame.Body);
        }

        Assert.Equal(body, text.ToString());
        Assert.False(Alice.Connection.IsPaused);
        Assert.Equal(["first bound", "second bound"], Bench.Events);
    }

    [Fact]
    public void SmallMessagesWaitAndComeInOrder()
    {
        Bob.Connection.Block();
        var sent = new List<string>();
        while (Alice.Connection.UnreadInput == 0)
        {
            sent.Add($"Msg{sent.Count:d5}");
            Alice.Send(sent[^1], "hello", headers: "Failure-Report: partial");
        }

        Assert.True(Alice.Connection.IsPaused);
        Assert.InRange(sent.Count, 1, 3);
        Bob.Connection.Unblock();
        Assert.Equal(sent, Bob.Take().Select(static frame => frame.MessageId));
    }

    [Fact]
    public void OtherSessionsAndTheOtherDirectionGoOn()
    {
        var route = Bench.Create();
        var (carol, dave) = (Bench.Attach(route.First), Bench.Attach(route.Second));
        RelayBench.Bind(carol);
        RelayBench.Bind(dave);
        Bob.Connection.Block();
        Alice.Connection.Receive(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", new string('x', 500_000)));
        Bench.Msrp.Run();
        Assert.True(Alice.Connection.IsPaused);
        Bob.Send("Msg00002", "hello");
        Assert.Equal("hello", Alice.TakeOne().Body);
        carol.Send("Msg00003", "hello");
        Assert.Equal("hello", dave.TakeOne().Body);
    }

    [Fact]
    public void WhoTakesNothingIsLostAfterAWhileAndWhoTakesALittleIsNot()
    {
        Bob.Connection.Block();
        Alice.Send("Msg00001", new string('x', 100_000));
        for (var i = 0; i < 10; i++)
        {
            Bob.Connection.Unblock(1000);
            Bench.Msrp.Run(TimeSpan.FromSeconds(20));
        }

        Assert.False(Bob.Connection.IsClosed);
        Bench.Msrp.Run(TimeSpan.FromSeconds(35));
        Assert.Equal("second lost SlowReader", Bench.Events[^1]);
        IsReport(Alice.Take()[^1], "Msg00001", "1-100000/*", 408);
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\n\r\nhello\r\n", 256)]
    [InlineData("", 1000)]
    public void WhoSendsAndDoesNotReadIsReadNoFurther(string content, int answers)
    {
        Alice.Connection.Block();
        var frame = MsrpText.Request("SEND", "abcd", Alice.SessionPath, Alice.Path, "Message-ID: Msg00001")
            .Replace("-------", content + "-------", StringComparison.Ordinal);
        for (var i = 0; i < 5000; i++)
        {
            Alice.Connection.Receive(frame);
        }

        Bench.Msrp.Run();
        Answer();
        Assert.InRange(Alice.Connection.Backlog, answers * 100, Outbox);
        Assert.True(Alice.Connection.UnreadInput > 0);
        Assert.False(Alice.Connection.IsClosed);
        Alice.Connection.Unblock();
        Bench.Msrp.Run();
        Answer();
        Assert.Equal(5000, Alice.Take().Count(static answer => answer.StatusCode == 200));

        void Answer()
        {
            while (Bob.Take() is { Count: > 0 } frames)
            {
                Bob.Connection.Receive(string.Concat(frames.Select(sent => MsrpText.Response(sent.TransactionId, 200, Bob.SessionPath, Bob.Path))));
            }
        }
    }

    [Fact]
    public void SendersToOneConnectionAllWaitForIt()
    {
        var shared = Bob.Connection;
        var senders = new List<MsrpPeer>();
        for (var i = 0; i < 10; i++)
        {
            var route = Bench.Create();
            senders.Add(Bench.Attach(route.First));
            RelayBench.Bind(senders[i]);
            RelayBench.Bind(Bench.Attach(route.Second, shared));
        }

        shared.Block();
        foreach (var sender in senders)
        {
            sender.Connection.Receive(MsrpText.Send("abcd", sender.SessionPath, sender.Path, "Msg00001", new string('x', 300_000)));
        }

        Bench.Msrp.Run();
        Assert.InRange(shared.Backlog, 1, Outbox);
        Assert.All(senders, static sender => Assert.True(sender.Connection.IsPaused));
        shared.Unblock();
        Assert.Equal(10 * 300_000, Bob.Take().Sum(static frame => frame.Body?.Length ?? 0));
    }
}
