using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>A session that alice, whose every byte is the test's, has begun with our client.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private readonly ImClient _client;
    private readonly WireUser _alice;
    private readonly WireDialog _dialog;

    private Talk(ImClient client, WireUser alice, WireDialog dialog, WireMsrp msrp, ChatSession session) =>
        (_client, _alice, _dialog, Msrp, Session) = (client, alice, dialog, msrp, session);

    /// <summary>Her connection.</summary>
    public WireMsrp Msrp { get; }

    /// <summary>Our client's side.</summary>
    public ChatSession Session { get; }

    public static async Task<Talk> BeginAsync(Lobby lobby, string user)
    {
        var client = await lobby.ClientAsync(user);
        var accepted = SessionSteps.AcceptNext(client);
        var alice = await lobby.ConnectAsync("alice");
        var path = SdpText.Path();
        var dialog = await alice.InviteAsync($"sip:{user}@localhost", SdpText.Msrp(path));
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        await msrp.FlushAsync();
        return new Talk(client, alice, dialog, msrp, await accepted);
    }

    /// <summary>Alice says something, outside of message/cpim.</summary>
    public Task SayAsync(string id, string body, string contentType) =>
        Msrp.SendAsync(MsrpText.Send(id, Msrp.To, Msrp.From, "Msg" + id, body, $"1-{body.Length}/{body.Length}", contentType: contentType));

    public async ValueTask DisposeAsync()
    {
        await _dialog.ByeAsync();
        await Msrp.DisposeAsync();
        await _alice.DisposeAsync();
        await _client.DisposeAsync();
    }
}
