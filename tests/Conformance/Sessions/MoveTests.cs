using OmaIm.Client;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>The other side of a session moves its end by a re-INVITE: what our client does, as the test sees it who is that side.</summary>
public sealed class MoveTests : IAsyncLifetime, IDisposable
{
    private readonly FakeServer _server = new();
    private readonly WireListener _listener = new();
    private WireMsrp _first = null!;
    private WireDialog _dialog = null!;
    private ChatSession _session = null!;

    public async Task InitializeAsync()
    {
        var opening = _server.Client.OpenSessionAsync("sip:bob@localhost");
        var connection = await _server.AcceptAsync();
        _dialog = await connection.AcceptAsync(await connection.IncomingAsync("INVITE"), SdpText.Msrp(_listener.Path, "passive"));
        _first = await _listener.BindAsync();
        _session = await opening;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _first.DisposeAsync();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Who connects has the answer, with or without his ACK.</summary>
    [Fact]
    [Trait("Section", "RFC 6135 4.2")]
    public async Task WhereTheOtherSideConnectsItsAckIsNotWaitedFor()
    {
        var path = SdpText.Path();
        var answer = (await OfferAsync(path, "active")).Body;
        Assert.Equal("passive", SdpText.Attribute(answer, "setup"));
        await using var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(answer, "path"), path);
        await msrp.FlushAsync();
        await IsHeardAsync(msrp);
    }

    /// <summary>The ACK of the last answer is one of them all, and the last offer is the one that counts.</summary>
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task OfTwoMovesTheLastOneCounts()
    {
        using var one = new WireListener();
        using var other = new WireListener();
        await OfferAsync(one.Path, "passive");
        var response = await OfferAsync(other.Path, "passive");
        await _dialog.User.SendAsync(Ack(response));
        await using var msrp = await other.BindAsync();
        await IsHeardAsync(msrp);
        Assert.False(one.IsWanted);
    }

    /// <summary>The former connection is lost while a move is under way, and the client makes an offer of its own: it waits for that move no more.</summary>
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task TheClientsOwnOfferCountsWhenItIsTheLast()
    {
        using var one = new WireListener();
        using var other = new WireListener();
        await _dialog.User.SendAsync(Ack(await OfferAsync(one.Path, "passive")));
        await using var left = await one.AcceptAsync();
        await left.RequestAsync("SEND"); // and nobody answers it
        await _first.DisposeAsync();
        var invite = await _dialog.User.IncomingAsync("INVITE");
        var headers = $"Contact: <{_dialog.User.ContactUri}>\r\nContent-Type: application/sdp\r\n";
        await _dialog.User.RespondAsync(invite, 200, "OK", headers, SdpText.Msrp(other.Path, "passive"));
        await using var msrp = await other.BindAsync();
        await left.EndAsync();
        await SpeaksAsync(msrp);
    }

    /// <summary>The client has left its former connection, and speaks over this one.</summary>
    private async Task IsHeardAsync(WireMsrp msrp)
    {
        await _first.EndAsync();
        await SpeaksAsync(msrp);
    }

    private async Task SpeaksAsync(WireMsrp msrp)
    {
        var sending = _session.SendAsync("moved");
        var message = await msrp.MessageAsync();
        Assert.Contains("moved", message.Body, StringComparison.Ordinal);
        await msrp.RespondAsync(message);
        await sending;
    }

    private async Task<SipText> OfferAsync(string path, string setup)
    {
        var response = await _dialog.RequestAsync("INVITE", $"Contact: <{_dialog.User.ContactUri}>\r\nContent-Type: application/sdp\r\n", SdpText.Msrp(path, setup));
        WireUser.Expect(response, 200);
        return response;
    }

    private string Ack(SipText response) => new RequestText("ACK", _dialog.User.Local.ToString(), WireUser.NewId())
    {
        Transport = "TCP",
        Uri = _dialog.Target,
        From = response["From"],
        To = response["To"],
        CallId = response["Call-ID"],
        CSeq = response["CSeq"].Split(' ')[0] + " ACK",
    }.ToString();
}
