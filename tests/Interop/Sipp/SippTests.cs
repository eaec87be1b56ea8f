using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Interop.Clients;
using Xunit;

namespace OmaIm.Tests.Interop.Sipp;

/// <summary>SIPp, a SIP stack that shares nothing with ours, at one end; our client at the other.</summary>
public sealed class SippTests(Md5Appliance appliance) : IClassFixture<Md5Appliance>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Section", "RFC 3428 11.1")]
    public async Task AMessageIsChallengedTakenAndShown()
    {
        await using var bob = appliance.Client("bob");
        var messages = new Arrivals<ImMessage>();
        bob.MessageReceived += messages.Add;
        await bob.RegisterAsync();
        await using var sipp = SippAgent.Play("message", appliance.Host.SipTcp, "alice", "bob");
        var message = await messages.NextAsync();
        Assert.Equal(("from SIPp", "sip:alice@localhost"), (message.Text, message.From));
        await sipp.SucceedsAsync();
    }

    [Fact]
    [Trait("Section", "RFC 3261 13.2")]
    public async Task AnOfferIsAnsweredAndTheByeToo()
    {
        await using var bob = appliance.Client("bob");
        await bob.RegisterAsync();
        var accepted = SessionSteps.AcceptNext(bob);
        await using var sipp = SippAgent.Play("session", appliance.Host.SipTcp, "alice", "bob");
        await using var session = await accepted;
        Assert.Equal("sip:alice@localhost", session.Peer);
        await session.CloseAsync().WaitAsync(SessionSteps.Patience);
        await sipp.SucceedsAsync();
    }

    [Fact]
    [Trait("Section", "RFC 3261 9.1")]
    public async Task AnInviteThatIsCancelledIs487AndWithdrawn()
    {
        await using var bob = appliance.Client("bob");
        var invitations = new Arrivals<SessionInvitation>();
        bob.SessionInvited += invitations.Add;
        await bob.RegisterAsync();
        await using var sipp = SippAgent.Play("cancel", appliance.Host.SipTcp, "alice", "bob");
        await (await invitations.NextAsync()).Withdrawn.WaitAsync(Patience);
        await sipp.SucceedsAsync();
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.21")]
    public async Task ABusyUserIs486()
    {
        await using var bob = appliance.Client("bob");
        bob.SessionInvited += static invitation => invitation.Decline(isBusy: true);
        await bob.RegisterAsync();
        await using var sipp = SippAgent.Play("busy", appliance.Host.SipTcp, "alice", "bob");
        await sipp.SucceedsAsync();
    }
}
