using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

public sealed class StreamTransportTests
{
    private const string EmptyBody = "Content-Length: 0\r\n\r\n";

    [Fact]
    public async Task MessageInOnePieceIsAnsweredOnItsConnection()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message()));

        var answer = await peer.ReadUntilAsync(EmptyBody);

        Assert.StartsWith("SIP/2.0 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(bench.Received[0].Body.Span));
        Assert.Equal(40_000, bench.Received[0].Via!.Rport);
    }

    [Fact]
    public async Task MessageByteByByteIsOneMessage()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        foreach (var octet in WireText.Bytes(WireText.Message()))
        {
            await peer.SendAsync(new[] { octet });
        }

        await peer.ReadUntilAsync(EmptyBody);
        Assert.Single(bench.Received);
    }

    [Fact]
    public async Task MessagesSplitEverywhereComeOutWholeAndInOrder()
    {
        var two = WireText.Bytes(WireText.Message("first") + WireText.Message("second", body: ""));
        for (var split = 1; split < two.Length; split++)
        {
            using var bench = new StreamBench();
            var peer = bench.Connect();
            await peer.SendAsync(two.AsMemory(0, split));
            await peer.SendAsync(two.AsMemory(split));
            peer.Close();
            await peer.ReadToEndAsync();

            Assert.Equal(["first", "second"], bench.Received.Select(static message => message.CallId!.Value));
        }
    }

    [Fact]
    public async Task MessageCutOffByACloseIsNoMessage()
    {
        var message = WireText.Bytes(WireText.Message());
        for (var length = 1; length < message.Length; length++)
        {
            using var bench = new StreamBench();
            var peer = bench.Connect();
            await peer.SendAsync(message.AsMemory(0, length));
            peer.Close();
            await peer.Served.WaitAsync(StreamBench.Patience);

            Assert.Empty(bench.Received);
        }
    }

    [Fact]
    public async Task PingIsAnsweredWithPongAlsoInHalves()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await peer.ReadUntilAsync("\r\n"));

        await peer.SendAsync("\r\n"u8.ToArray());
        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        Assert.StartsWith("SIP/2.0 200", await peer.ReadUntilAsync(EmptyBody), StringComparison.Ordinal); // a CRLF alone is nothing

        await peer.SendAsync("\r\n"u8.ToArray());
        await peer.SendAsync("\r\n"u8.ToArray());
        Assert.Equal("\r\n", await peer.ReadUntilAsync("\r\n"));
    }

    [Fact]
    public async Task MalformedMessageIsAnsweredAndTheNextIsServed()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message().Replace("CSeq: 1 MESSAGE", "CSeq: one MESSAGE", StringComparison.Ordinal)));
        Assert.StartsWith("SIP/2.0 400 Bad CSeq\r\n", await peer.ReadUntilAsync(EmptyBody), StringComparison.Ordinal);

        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        Assert.StartsWith("SIP/2.0 200 ", await peer.ReadUntilAsync(EmptyBody), StringComparison.Ordinal);
        Assert.Equal(1, bench.Transport.Statistics.Rejected(SipRejection.BadCSeq));
    }

    [Theory]
    [InlineData("Content-Length: 5", "Content-Length: -5", "400 Bad Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: +5", "400 Bad Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: 5;x", "400 Bad Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: 4294967328", "400 Bad Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: 2000000", "413 ")]
    [InlineData("Content-Length: 5", "Content-Length: 5\nContent-Length: 6", "400 Bad Content-Length")]
    [InlineData("Content-Length: 5\n", "", "400 Missing Content-Length")]
    public async Task LostFramingIsAnsweredAndTheConnectionClosed(string line, string wrong, string answer)
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message().ReplaceLineEndings("\n").Replace(line, wrong, StringComparison.Ordinal) + WireText.Message()));

        Assert.StartsWith("SIP/2.0 " + answer, await peer.ReadToEndAsync(), StringComparison.Ordinal);
        await peer.Served.WaitAsync(StreamBench.Patience);
        Assert.Empty(bench.Received);
    }

    [Fact]
    public async Task EndlessHeaderEndsTheConnectionEarly()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes("MESSAGE sip:bob@example.com SIP/2.0\nX-Endless: "));
        var flood = new byte[1024];
        flood.AsSpan().Fill((byte)'x');
        while (await peer.SendAsync(flood))
        {
        }

        await peer.Served.WaitAsync(StreamBench.Patience);
        Assert.Equal(1, bench.Transport.Statistics.Rejected(SipRejection.HeaderLineTooLong));
        Assert.InRange(bench.Transport.Statistics.StreamBytesReceived, 8 * 1024, 128 * 1024);
    }

    [Fact]
    public async Task ConnectionThatSaysNothingIsClosedAfterTenSeconds()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        Registered(bench);
        await bench.PassAsync(TimeSpan.FromSeconds(9));
        Assert.False(peer.Served.IsCompleted);
        await bench.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task MessageHasThirtySecondsWhateverDropsIn()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        Registered(bench);
        var message = WireText.Bytes(WireText.Message());
        for (var i = 0; i < 15; i++)
        {
            await peer.SendAsync(message.AsMemory(i, 1));
            Taken(bench, i + 1);
            Assert.False(peer.Served.IsCompleted);
            await bench.PassAsync(TimeSpan.FromSeconds(2));
        }

        await bench.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("", await peer.ReadToEndAsync());
        Assert.Empty(bench.Received);
    }

    [Fact]
    public async Task IdleConnectionIsClosedAfterTenMinutesUnlessItPings()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        await peer.ReadUntilAsync(EmptyBody);
        for (var i = 0; i < 3; i++)
        {
            await bench.PassAsync(TimeSpan.FromMinutes(9));
            await peer.SendAsync("\r\n\r\n"u8.ToArray());
            await peer.ReadUntilAsync("\r\n");
        }

        await bench.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal("", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task PeerThatDoesNotReadIsClosedAtTheLimitOfItsQueue()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        await peer.ReadUntilAsync(EmptyBody);
        var message = WireText.Bytes(WireText.Message(body: new string('x', 1000)));

        var sent = await bench.Loop.InvokeAsync(() =>
        {
            var count = 0;
            while (bench.Flow!.IsOpen && count < 10_000)
            {
                bench.Flow.Send(message);
                count++;
            }

            return count;
        });

        Assert.InRange(sent * message.Length, 256 * 1024, 400 * 1024);
        await peer.Served.WaitAsync(StreamBench.Patience);
        Assert.True(bench.Transport.Statistics.SendFailures > 0);
    }

    [Fact]
    public async Task ConnectionsOfOneAddressAreLimitedThoseOfOthersNot()
    {
        using var bench = new StreamBench(new SipTransportOptions { ConnectionsPerAddress = 3 });
        var peers = Enumerable.Range(0, 4).Select(i => bench.Connect(port: 40_000 + i)).ToList();
        await peers[3].Served.WaitAsync(StreamBench.Patience);
        var other = bench.Connect("198.51.100.7");
        await other.SendAsync(WireText.Bytes(WireText.Message()));
        await other.ReadUntilAsync(EmptyBody);

        Assert.Equal(1, bench.Transport.Statistics.ConnectionsRefused);
        Assert.All(peers.Take(3), static peer => Assert.False(peer.Served.IsCompleted));

        peers[0].Close();
        await peers[0].ReadToEndAsync();
        await peers[0].Served.WaitAsync(StreamBench.Patience);
        var next = bench.Connect(port: 40_010);
        await next.SendAsync(WireText.Bytes(WireText.Message()));
        await next.ReadUntilAsync(EmptyBody);
    }

    [Fact]
    public async Task ClosedConnectionIsTold()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        await peer.ReadUntilAsync(EmptyBody);
        Assert.NotNull(await bench.Loop.InvokeAsync(() => bench.Transport.FindFlow(SipProtocol.Tcp, bench.Flow!.Remote)));

        peer.Close();
        await peer.Served.WaitAsync(StreamBench.Patience);

        Assert.Same(bench.Flow, await bench.Loop.InvokeAsync(() => Assert.Single(bench.Closed)));
        Assert.Null(await bench.Loop.InvokeAsync(() => bench.Transport.FindFlow(SipProtocol.Tcp, bench.Flow!.Remote)));
        Assert.False(bench.Flow!.IsOpen);
    }

    [Fact]
    public async Task AConnectionThatClosesMakesRoomForTheNextOfItsAddressAtOnce()
    {
        using var bench = new StreamBench(new SipTransportOptions { ConnectionsPerAddress = 2 });
        var peer = bench.Connect();
        await peer.SendAsync(WireText.Bytes(WireText.Message()));
        await peer.ReadUntilAsync(EmptyBody);
        var former = bench.Flow!;
        await bench.Loop.InvokeAsync(() =>
        {
            former.Send(new byte[200_000]); // more than it takes: nobody reads
            former.Close("test");
        });

        var next = bench.Connect();
        await next.SendAsync(WireText.Bytes(WireText.Message()));
        await next.ReadUntilAsync(EmptyBody);
        Assert.False(peer.Served.IsCompleted);
        Assert.Same(bench.Flow, await bench.Loop.InvokeAsync(() => bench.Transport.FindFlow(SipProtocol.Tcp, former.Remote)));
        Assert.Same(former, await bench.Loop.InvokeAsync(() => Assert.Single(bench.Closed)));

        // Until it has ended, it counts as well; then it is not heard of again.
        await bench.Connect(port: 40_001).Served.WaitAsync(StreamBench.Patience);
        Assert.Equal(2, await bench.Loop.InvokeAsync(() => bench.Transport.ConnectionCount));
        await bench.PassAsync(bench.Transport.Options.ConnectTimeout + TimeSpan.FromSeconds(1));
        await peer.Served.WaitAsync(StreamBench.Patience);
        Assert.Equal(1, await bench.Loop.InvokeAsync(() => bench.Transport.ConnectionCount));
        Assert.NotSame(bench.Flow, former);
        Assert.Same(bench.Flow, await bench.Loop.InvokeAsync(() => bench.Transport.FindFlow(SipProtocol.Tcp, former.Remote)));
        Assert.Same(former, await bench.Loop.InvokeAsync(() => Assert.Single(bench.Closed)));
    }

    [Fact]
    public async Task WhatComesWhileAConnectionClosesGivesItNoMoreTime()
    {
        using var bench = new StreamBench();
        var peer = bench.Connect();
        var message = WireText.Bytes(WireText.Message());
        await peer.SendAsync(message);
        await peer.ReadUntilAsync(EmptyBody);
        await bench.PassAsync(TimeSpan.Zero);
        await bench.Loop.InvokeAsync(() =>
        {
            bench.Flow!.Send(new byte[200_000]); // more than it takes: nobody reads
            bench.Flow.Close("test");
        });

        // The reader takes one more thing at most.
        while (await peer.SendAsync("\r\n\r\n"u8.ToArray()))
        {
            await Task.Yield();
        }

        Assert.False(peer.Served.IsCompleted);
        await bench.PassAsync(bench.Transport.Options.ConnectTimeout + TimeSpan.FromSeconds(1));
        await peer.Served.WaitAsync(StreamBench.Patience);
    }

    private static void Registered(StreamBench bench) =>
        Assert.True(SpinWait.SpinUntil(() => bench.Transport.Statistics.ConnectionsAccepted == 1, StreamBench.Patience));

    private static void Taken(StreamBench bench, int bytes) =>
        Assert.True(SpinWait.SpinUntil(() => bench.Transport.Statistics.StreamBytesReceived == bytes, StreamBench.Patience));
}
