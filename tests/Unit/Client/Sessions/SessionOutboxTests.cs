using OmaIm.Client;
using OmaIm.Client.Sessions;
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
    private int _peers;

    public SessionOutboxTests() => _outbox = new SessionOutbox(_client.Loop, new TransactionIds());

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
        var sending = _client.Do(() => _outbox.SendAsync("m1", "text/plain", new byte[5 * 2048], ReportWish.None, CancellationToken.None));
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

    void IMsrpLegOwner.OnMessage(MsrpLeg leg, AssembledMessage message, bool wantsReport) => Assert.Fail("no message was sent to this side");

    void IMsrpLegOwner.OnReport(ulong messageId, int status) => Assert.Fail("no report was asked for");

    void IMsrpLegOwner.OnLost(MsrpLeg leg, string reason)
    {
        // The test itself says when there is another connection.
    }

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
