using System.Security.Cryptography;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Tests.EndToEnd;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.Interop.Relays;

/// <summary>One-to-one sessions of our clients behind Kamailio as their MSRP relay (RFC 4976), in each of the ways in which the server lets them talk.</summary>
public abstract class OneToOneTests(RunningAppliance appliance)
{
    /// <summary>Whether the server's end is in the place of the peer's.</summary>
    protected abstract bool IsAnchored { get; }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task OneSideIsBehindTheRelayAndAllOfItPassesTheRelay(bool isCaller)
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var alice = Client("alice", isCaller ? relay.Options : null);
        await using var bob = Client("bob", isCaller ? null : relay.Options);
        await using var caller = await OpenAsync(alice, bob, out var accepted);
        await using var callee = await accepted;
        var (behind, outside) = isCaller ? (caller, callee) : (callee, caller);
        var front = relay.Options.Uri.Split(';')[0] + "/";
        Assert.StartsWith(front, behind.Msrp!.RemotePath, StringComparison.Ordinal);
        Assert.Equal(!IsAnchored, outside.Msrp!.RemotePath.StartsWith(front, StringComparison.Ordinal));

        await TalkAsync(behind, outside);
        foreach (var passed in (string[])["SEND out", "SEND in", "REPORT out", "REPORT in"])
        {
            await relay.SaysAsync("relay: " + passed);
        }

        await callee.CloseAsync().WaitAsync(Patience);
        Assert.Null((await NextAsync<SessionEnded>(caller)).Failure);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task EachSideIsBehindARelayOfItsOwn()
    {
        await using var alices = await KamailioRelay.StartAsync();
        await using var bobs = await KamailioRelay.StartAsync();
        await using var alice = Client("alice", alices.Options);
        await using var bob = Client("bob", bobs.Options);
        await using var caller = await OpenAsync(alice, bob, out var accepted);
        await using var callee = await accepted;
        Assert.Equal(IsAnchored ? 2 : 3, caller.Msrp!.RemotePath.Split(' ').Length);
        await TalkAsync(caller, callee);
        foreach (var relay in (KamailioRelay[])[alices, bobs])
        {
            await relay.SaysAsync("relay: SEND out");
            await relay.SaysAsync("relay: SEND in");
        }
    }

    [Fact]
    [Trait("Section", "RFC 4976 6.4")]
    public async Task AMessageOfAMegabyteArrivesAndIsReportedBothWays()
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var alice = Client("alice", relay.Options);
        await using var bob = Client("bob", null);
        await using var caller = await OpenAsync(alice, bob, out var accepted);
        await using var callee = await accepted;
        var content = RandomNumberGenerator.GetBytes(1024 * 1024);
        foreach (var (sender, receiver) in ((ChatSession, ChatSession)[])[(caller, callee), (callee, caller)])
        {
            var sent = await sender.SendAsync("application/octet-stream", content, new SendOptions { AwaitReport = true }).WaitAsync(Patience);
            Assert.True(sent.IsDelivered);
            Assert.Equal(content, (await NextAsync<SessionMessage>(receiver)).Message.Content.ToArray());
        }
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task ARelayThatLetsNobodyThroughIsTheCallersFailureAndLeavesTheCalleeAbsent()
    {
        await using var relay = await KamailioRelay.StartAsync();
        var wrong = relay.Options with { Password = "wrong" };
        await using var alice = Client("alice", wrong);
        await using var bob = Client("bob", null);
        var refused = await Assert.ThrowsAsync<ImException>(() => OpenAsync(alice, bob, out _));
        Assert.Equal((ImFailure.AuthenticationRefused, 401), (refused.Failure, refused.StatusCode));
        Task<ChatSession>? accepted = null;
        var absent = await Assert.ThrowsAsync<ImException>(() => OpenAsync(bob, alice, out accepted));
        Assert.Equal(480, absent.StatusCode);
        Assert.Equal(401, (await Assert.ThrowsAsync<ImException>(() => accepted!)).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task AConnectionToTheRelayThatIsLostIsMadeAnew()
    {
        await using var relay = await KamailioRelay.StartAsync();
        await using var alice = Client("alice", relay.Options);
        await using var bob = Client("bob", null);
        await using var caller = await OpenAsync(alice, bob, out var accepted);
        await using var callee = await accepted;
        caller.Msrp!.Loop.Post(() => caller.Msrp?.Connection?.Close(Stack.Msrp.MsrpCloseReason.TransportError));
        await NextAsync<SessionResumed>(caller);
        await TalkAsync(caller, callee);
    }

    private static async Task TalkAsync(ChatSession one, ChatSession other)
    {
        foreach (var (sender, receiver) in ((ChatSession, ChatSession)[])[(one, other), (other, one)])
        {
            var sent = await sender.SendAsync("by the relay", new SendOptions { AwaitReport = true, Receipts = ImdnRequests.PositiveDelivery }).WaitAsync(Patience);
            Assert.True(sent.IsDelivered);
            Assert.Equal("by the relay", (await NextAsync<SessionMessage>(receiver)).Message.Text);
            Assert.Equal(sent.MessageId, (await NextAsync<SessionReceipt>(sender)).Receipt.MessageId);
        }
    }

    private static Task<ChatSession> OpenAsync(ImClient caller, ImClient callee, out Task<ChatSession> accepted)
    {
        accepted = AcceptNext(callee);
        return RegisterAndOpenAsync();

        async Task<ChatSession> RegisterAndOpenAsync()
        {
            await caller.RegisterAsync();
            await callee.RegisterAsync();
            return await caller.OpenSessionAsync(callee.Address).WaitAsync(Patience);
        }
    }

    private ImClient Client(string user, MsrpRelayOptions? relay) => appliance.Client(user, out _, options => options with { MsrpRelay = relay });
}
