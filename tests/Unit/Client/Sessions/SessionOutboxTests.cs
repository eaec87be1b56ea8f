using OmaIm.Client;
using OmaIm.Client.Sessions;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Sessions;

[Trait("Section", "RFC 4975 5.4")]
public sealed class SessionOutboxTests : IMsrpLegOwner, IAsyncLifetime, IDisposable
{
    private readonly MsrpBench _msrp = new(MsrpBench.Options with { ChunksInFlight = 2 });
    private readonly ClientBench _client = new();
    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly SessionOutbox _outbox;
    private readonly List<(string Name, int Status)> _failedLater = [];
    private readonly List<ReportsWanted> _wanted = [];
    private int _peers;

    public SessionOutboxTests() => _outbox = new SessionOutbox(_client.Loop)
    {
        FailedLater = (name, status) => _failedLater.Add((name, status)),
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _msrp.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMessageIsSentAgainFromItsStartAndOnce(bool isLostFirst)
    {
        var (first, before) = Leg();
        var (second, after) = Leg();
        _client.Do(() => _outbox.Attach(first));
        var sending = _client.Do(() => _outbox.SendAsync(Message(5 * 2048), ReportWish.None, start: 0, CancellationToken.None));
        var chunks = Take(before);
        before.Respond(chunks[0]);
        Assert.Equal(["1-2048/10240", "2049-4096/10240"], chunks.Select(chunk => chunk.ByteRange));

        if (isLostFirst)
        {
            Lose(before);
        }

        _client.Do(() => _outbox.Attach(second));
        if (!isLostFirst)
        {
            Lose(before);
        }

        var again = new List<MsrpWireFrame>();
        while (Take(after) is { Count: > 0 } next)
        {
            again.AddRange(next);
            foreach (var chunk in next)
            {
                after.Respond(chunk);
            }
        }

        Assert.Equal(
            ["1-2048/10240", "2049-4096/10240", "4097-6144/10240", "6145-8192/10240", "8193-10240/10240"], again.Select(chunk => chunk.ByteRange));
        Assert.All(again, chunk => Assert.Equal(chunks[0].MessageId, chunk.MessageId));
        Assert.False(await sending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task WhatTheOtherSideHasIsNotSentAgain()
    {
        var (leg, peer) = Leg();
        _client.Do(() => _outbox.Attach(leg));
        var sending = _client.Do(() => _outbox.SendAsync(Message(3000), ReportWish.None, start: 2000, CancellationToken.None));
        var chunk = Assert.Single(Take(peer));
        Assert.Equal("2001-3000/3000", chunk.ByteRange);
        peer.Respond(chunk);
        Take(peer);
        Assert.False(await sending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("481")]
    [InlineData("506")]
    public async Task AMessageThatIsRefusedWithItsSessionWaitsForTheNext(string status)
    {
        var (first, before) = Leg();
        var (second, after) = Leg();
        _client.Do(() => _outbox.Attach(first));
        var sending = _client.Do(() => _outbox.SendAsync(Message(10), ReportWish.None, start: 0, CancellationToken.None));
        before.Respond(Take(before)[0], int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
        _client.Settle();
        _client.Do(() => _outbox.Attach(second));
        after.Respond(Take(after)[0]);
        Take(after);
        Assert.False(await sending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task ReportsOfPartsMakeAWhole()
    {
        var sending = await TakenByAHopAsync(new ReportWish(IsAsked: true, IsRequired: true, TimeSpan.FromSeconds(30)));
        Report(1, 4, 200);
        Report(7, 10, 200);
        Assert.False(sending.IsCompleted);
        Report(4, 10, 200);
        Assert.True(await sending);
    }

    // RFC 4976: the 200 of a relay says that the relay has it.
    [Theory]
    [InlineData(408)]
    [InlineData(413)]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task AFailureReportBehindA200Counts(int status)
    {
        Assert.False(await await TakenByAHopAsync(ReportWish.None));
        Report(1, 10, status);
        Report(1, 10, 200);
        Assert.Equal([("m1", status)], _failedLater);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task AFailureReportWhileTheReceiversIsAwaitedEndsTheMessage()
    {
        var sending = await TakenByAHopAsync(new ReportWish(IsAsked: true, IsRequired: true, TimeSpan.FromSeconds(30)));
        Report(1, 10, 408);
        Assert.Equal(408, (await Assert.ThrowsAsync<ImException>(() => sending)).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public async Task BehindTheReceiversOwnReportAFailureCountsForNothing()
    {
        var sending = await TakenByAHopAsync(new ReportWish(IsAsked: true, IsRequired: false, TimeSpan.FromSeconds(30)));
        Report(1, 10, 200);
        Assert.True(await sending);
        Report(1, 10, 408);
        Assert.Empty(_failedLater);
    }

    [Theory]
    [InlineData(true, true, "Success-Report: yes")]
    [InlineData(false, true)]
    [InlineData(false, true, "Failure-Report: partial")]
    [InlineData(false, false, "Failure-Report: no")]
    [Trait("Section", "RFC 4975 7.1.2")]
    internal async Task WhichReportsASenderWantsIsKnownWithHisMessage(bool ofSuccess, bool ofFailure, params string[] headers)
    {
        var (_, peer) = Leg();
        peer.Send("abcd", "hello", "1-5/5", contentType: "text/plain", headers: headers);
        await _runtime.InvokeAsync(() => true);
        Assert.Equal([new ReportsWanted(ofSuccess, ofFailure)], _wanted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0, "Failure-Report: no")]
    [Trait("Section", "RFC 4975 7.1.2")]
    internal void AMessageWithAHoleIsReportedWhenNothingMoreComes(int reports, params string[] headers)
    {
        var (_, peer) = Leg();
        peer.Send("abcd", "hello", "1-5/15", '+', "text/plain", headers);
        peer.Send("abcd", "hello", "11-15/15", '$', "text/plain", headers);
        peer.Take();
        _msrp.Run(TimeSpan.FromSeconds(50));
        Assert.Empty(peer.Take());
        _msrp.Run(TimeSpan.FromSeconds(20));
        var frames = peer.Take();
        Assert.Equal(reports, frames.Count);
        Assert.All(frames, frame => Assert.Equal(("REPORT", "abcd", "000 413 Stop sending this message"), (frame.Method, frame.MessageId, frame["Status"])));
        Assert.Empty(_wanted);
    }

    void IMsrpLegOwner.OnMessage(MsrpLeg leg, AssembledMessage message, ReportsWanted wanted) => _wanted.Add(wanted);

    void IMsrpLegOwner.OnReport(ulong messageId, ByteRange range, int status) => Assert.Fail("no report was sent over a connection");

    void IMsrpLegOwner.OnLost(MsrpLeg leg, string reason)
    {
        // The test itself says when there is another connection.
    }

    private static SealedMessage Message(int length) => new(0x1234, "m1", "text/plain", new byte[length]);

    /// <summary>A message of ten bytes whose only chunk was answered 200; the result is its sending.</summary>
    private Task<Task<bool>> TakenByAHopAsync(ReportWish report)
    {
        var (leg, peer) = Leg();
        _client.Do(() => _outbox.Attach(leg));
        var sending = _client.Do(() => _outbox.SendAsync(Message(10), report, start: 0, CancellationToken.None));
        peer.Respond(Take(peer)[0]);
        Take(peer);
        return Task.FromResult(sending);
    }

    private void Report(long start, long end, int status) => _client.Do(() => _outbox.OnReport(0x1234, new ByteRange(start, end, 10), status));

    private (MsrpLeg Leg, MsrpPeer Peer) Leg()
    {
        var leg = new MsrpLeg(_runtime, _client.Agent, _msrp.Endpoint, new MessageAssembler(), this);
        leg.Session.RemotePath = $"msrp://198.51.100.7:9/peer{++_peers};tcp";
        var peer = new MsrpPeer(_msrp, leg.Session, _msrp.Connect(), leg.Session.RemotePath);
        _msrp.Run();
        peer.Bind();
        peer.Take();
        return (leg, peer);
    }

    private void Lose(MsrpPeer peer)
    {
        peer.Session.CloseNow(MsrpCloseReason.TransportError);
        _msrp.Run();
        _client.Settle();
    }

    private IReadOnlyList<MsrpWireFrame> Take(MsrpPeer peer)
    {
        _msrp.Run();
        _client.Settle();
        return peer.Take();
    }
}
