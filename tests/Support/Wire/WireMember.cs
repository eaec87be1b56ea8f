using System.Net;
using System.Net.Sockets;

namespace OmaIm.Tests.Support.Wire;

/// <summary>A member of a room, or one side of a session, whose SIP, SDP and MSRP are all the test's.</summary>
public sealed class WireMember : IAsyncDisposable
{
    public WireMember(WireUser sip, WireDialog dialog, WireMsrp msrp) => (Sip, Dialog, Msrp) = (sip, dialog, msrp);

    public WireUser Sip { get; }

    public WireDialog Dialog { get; }

    /// <summary>The MSRP connection with {to} and {from} filled in.</summary>
    public WireMsrp Msrp { get; }

    /// <summary>Joins; the MSRP connection stands, and nothing has been sent on it.</summary>
    /// <param name="server">SIP over TCP.</param>
    /// <param name="user">Who.</param>
    /// <param name="room">Where.</param>
    /// <param name="offer">The offer for a path; null for an ordinary one.</param>
    /// <param name="path">The path; null for an ordinary one.</param>
    public static async Task<WireMember> JoinAsync(IPEndPoint server, string user, string room, Func<string, string>? offer = null, string? path = null)
    {
        path ??= SdpText.Path();
        var sip = await WireUser.ConnectAsync(server, user);
        var dialog = await sip.InviteAsync(room, offer?.Invoke(path) ?? SdpText.Msrp(path, "active", "a=chatroom:nickname private-messages"));
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        return new WireMember(sip, dialog, msrp);
    }

    /// <summary>The same, bound by an ordinary first SEND.</summary>
    public static async Task<WireMember> BoundAsync(IPEndPoint server, string user, string room, Func<string, string>? offer = null, string? path = null)
    {
        var member = await JoinAsync(server, user, room, offer, path);
        await member.Msrp.FlushAsync();
        return member;
    }

    /// <summary>Joins with an offer of a client that listens; the connection that the server makes.</summary>
    public static async Task<WireMember> ListeningAsync(IPEndPoint server, string user, string room)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var path = SdpText.Path(((IPEndPoint)listener.LocalEndPoint!).Port);
        var sip = await WireUser.ConnectAsync(server, user);
        var dialog = await sip.InviteAsync(room, SdpText.Msrp(path, setup: "passive"));
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.AcceptAsync(listener);
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        return new WireMember(sip, dialog, msrp);
    }

    /// <summary>An ordinary SEND of a whole message.</summary>
    public Task SayAsync(string id, string body, string contentType = "message/cpim", params string[] headers) => Msrp.SendAsync(
        MsrpText.Send(id, Msrp.To, Msrp.From, "Msg" + id, body, $"1-{body.Length}/{body.Length}", contentType: contentType, headers: headers));

    /// <summary>The status that answered the request of that id.</summary>
    public async Task<int> StatusAsync(string id) => (await Msrp.AnswerAsync(id)).StatusCode;

    public async ValueTask DisposeAsync()
    {
        await Dialog.ByeAsync();
        await Msrp.DisposeAsync();
        await Sip.DisposeAsync();
    }
}
