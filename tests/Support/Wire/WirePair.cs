using System.Net;

namespace OmaIm.Tests.Support.Wire;

/// <summary>A one-to-one session between two users whose every byte is the test's.</summary>
public sealed class WirePair : IAsyncDisposable
{
    private WirePair(WireMember caller, WireMember callee, SipText invite) => (Caller, Callee, Invite) = (caller, callee, invite);

    public WireMember Caller { get; }

    public WireMember Callee { get; }

    /// <summary>What the callee was asked.</summary>
    public SipText Invite { get; }

    /// <summary>Alice calls bob, who takes it; both have connected where they were told to, and nothing has been sent there.</summary>
    /// <param name="server">SIP over TCP.</param>
    /// <param name="offer">Alice's offer for a path; null for an ordinary one.</param>
    /// <param name="answer">Bob's answer for a path; null for an ordinary one.</param>
    public static async Task<WirePair> OpenAsync(IPEndPoint server, Func<string, string>? offer = null, Func<string, string>? answer = null)
    {
        var (alicesPath, bobsPath) = (SdpText.Path(), SdpText.Path());
        var bob = await WireUser.RegisteredAsync(server, "bob");
        var alice = await WireUser.ConnectAsync(server, "alice");
        var inviting = alice.InviteAsync("sip:bob@localhost", offer?.Invoke(alicesPath) ?? Describe(alicesPath));
        var invite = await bob.IncomingAsync("INVITE");
        var accepted = await bob.AcceptAsync(invite, answer?.Invoke(bobsPath) ?? Describe(bobsPath));
        var dialog = await inviting;
        WireUser.Expect(dialog.Response, 200);
        return new WirePair(
            new WireMember(alice, dialog, await ConnectAsync(dialog.Answer, alicesPath)),
            new WireMember(bob, accepted, await ConnectAsync(invite.Body, bobsPath)),
            invite);
    }

    /// <summary>The same, both sides bound by an ordinary first SEND.</summary>
    public static async Task<WirePair> BoundAsync(IPEndPoint server, Func<string, string>? offer = null, Func<string, string>? answer = null)
    {
        var pair = await OpenAsync(server, offer, answer);
        await pair.Caller.Msrp.FlushAsync();
        await pair.Callee.Msrp.FlushAsync();
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await Caller.Dialog.ByeAsync();
        await Callee.Sip.RespondAsync(await Callee.Sip.IncomingAsync("BYE"), 200, "OK");
        foreach (var side in new[] { Caller, Callee })
        {
            await side.Msrp.DisposeAsync();
            await side.Sip.DisposeAsync();
        }
    }

    private static string Describe(string path) => SdpText.Msrp(path, "active").Replace("a=accept-types:message/cpim text/plain", "a=accept-types:message/cpim text/plain image/png", StringComparison.Ordinal);

    private static async Task<WireMsrp> ConnectAsync(string sdp, string path)
    {
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(sdp));
        (msrp.To, msrp.From) = (SdpText.Attribute(sdp, "path"), path);
        return msrp;
    }
}
