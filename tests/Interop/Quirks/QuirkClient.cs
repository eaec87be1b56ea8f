using System.Net.Sockets;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>Dave, whose client has its own ideas: every byte of his SIP, SDP and MSRP is the test's.</summary>
internal sealed class QuirkClient : IAsyncDisposable
{
    private QuirkClient(WireUser sip, WireDialog dialog, WireMsrp msrp) => (Sip, Dialog, Msrp) = (sip, dialog, msrp);

    public WireUser Sip { get; }

    public WireDialog Dialog { get; }

    /// <summary>His MSRP connection with {to} and {from} filled in.</summary>
    public WireMsrp Msrp { get; }

    /// <summary>Joins the lobby with an offer; the MSRP connection stands, and nothing has been sent on it.</summary>
    /// <param name="appliance">Where.</param>
    /// <param name="offer">His offer for a path; null for an ordinary one.</param>
    /// <param name="path">His path; null for an ordinary one.</param>
    public static async Task<QuirkClient> JoinAsync(RunningAppliance appliance, Func<string, string>? offer = null, string? path = null)
    {
        path ??= SdpText.Path();
        var sip = await WireUser.ConnectAsync(appliance.Host.SipTcp, "dave");
        var dialog = await sip.InviteAsync(RunningAppliance.Lobby, offer?.Invoke(path) ?? SdpText.Msrp(path));
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        return new QuirkClient(sip, dialog, msrp);
    }

    /// <summary>The same, bound by an ordinary first SEND.</summary>
    public static async Task<QuirkClient> BoundAsync(RunningAppliance appliance, Func<string, string>? offer = null, string? path = null)
    {
        var client = await JoinAsync(appliance, offer, path);
        await client.Msrp.FlushAsync();
        return client;
    }

    /// <summary>Joins with an offer of a client that listens; the connection that the server makes.</summary>
    public static async Task<QuirkClient> ListeningAsync(RunningAppliance appliance)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        var path = SdpText.Path(((System.Net.IPEndPoint)listener.LocalEndPoint!).Port);
        var sip = await WireUser.ConnectAsync(appliance.Host.SipTcp, "dave");
        var dialog = await sip.InviteAsync(RunningAppliance.Lobby, SdpText.Msrp(path, setup: "passive"));
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.AcceptAsync(listener);
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        return new QuirkClient(sip, dialog, msrp);
    }

    /// <summary>A message of his to the room, as CPIM.</summary>
    public static string Cpim(string text) => MsrpText.Cpim("sip:dave@localhost", RunningAppliance.Lobby, text);

    /// <summary>An ordinary SEND of a whole message.</summary>
    public Task SayAsync(string id, string cpim, string contentType = "message/cpim", params string[] headers) => Msrp.SendAsync(
        MsrpText.Send(id, Msrp.To, Msrp.From, "Msg" + id, cpim, $"1-{cpim.Length}/{cpim.Length}", contentType: contentType, headers: headers));

    /// <summary>The status that answered the request of that id.</summary>
    public async Task<int> StatusAsync(string id) => (await Msrp.AnswerAsync(id)).StatusCode;

    public async ValueTask DisposeAsync()
    {
        await Dialog.ByeAsync();
        await Msrp.DisposeAsync();
        await Sip.DisposeAsync();
    }
}
