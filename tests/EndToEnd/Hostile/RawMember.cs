using System.Globalization;
using OmaIm.Client;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A member of the lobby whose SIP a client speaks, and whose MSRP connection a test writes itself.</summary>
internal sealed class RawMember : IAsyncDisposable
{
    private readonly string _user;
    private readonly string _to;
    private readonly string _from;
    private int _probes;

    private RawMember(string user, RoomSession session, RawSocket socket)
    {
        _user = user;
        Session = session;
        Socket = socket;
        (_to, _from) = (session.Msrp!.RemotePath, session.Msrp.LocalPath);
    }

    public RoomSession Session { get; }

    public RawSocket Socket { get; }

    public static async Task<RawMember> JoinAsync(RunningAppliance appliance, string user)
    {
        var session = await appliance.JoinLobbyAsync(user, new JoinOptions { ConnectMedia = false, SubscribeRoster = false, AutoRejoin = false });
        var member = new RawMember(user, session, await appliance.ConnectMsrpAsync());
        await member.FlushAsync();
        return member;
    }

    /// <summary>A whole message to the room, as CPIM.</summary>
    public string Cpim(string text) =>
        $"From: <sip:{_user}@localhost>\r\nTo: <{RunningAppliance.Lobby}>\r\nDateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n{text}";

    /// <summary>A SEND with a body; the range says which part of the message that is.</summary>
    public string Chunk(string id, string messageId, string body, string range, char flag = '$', string? header = null) =>
        Head("SEND", id) + $"Message-ID: {messageId}\r\nByte-Range: {range}\r\n" + (header is null ? "" : header + "\r\n")
        + $"Content-Type: message/cpim\r\n\r\n{body}\r\n-------{id}{flag}\r\n";

    /// <summary>A REPORT of success on a message.</summary>
    public string Report(string id, string messageId) =>
        Head("REPORT", id) + $"Message-ID: {messageId}\r\nByte-Range: 1-1/1\r\nStatus: 000 200 OK\r\nSuccess-Report: yes\r\n-------{id}$\r\n";

    public Task SendAsync(string id, string messageId, string body, string range, char flag = '$', string? header = null) =>
        Socket.SendAsync(Chunk(id, messageId, body, range, flag, header));

    /// <summary>A request without a body.</summary>
    public Task SendEmptyAsync(string id) => Socket.SendAsync(Head("SEND", id) + $"Message-ID: {id}\r\n-------{id}$\r\n");

    /// <summary>Waits until the server has answered all that was sent so far; one connection's frames are dealt with in order.</summary>
    public async Task FlushAsync()
    {
        var id = "flush" + _probes++.ToString(CultureInfo.InvariantCulture);
        await SendEmptyAsync(id);
        Assert.True(await Socket.ReadToAsync($"-------{id}$"), Socket.Received);
        Assert.Equal([200], Statuses(id));
    }

    /// <summary>The status codes that answered the request of this transaction-id.</summary>
    public int[] Statuses(string id) =>
        [.. Frames().Where(frame => frame.IsResponse && frame.TransactionId == id).Select(frame => frame.StatusCode)];

    /// <summary>Everything that came, frame by frame.</summary>
    public IReadOnlyList<MsrpWireFrame> Frames() => MsrpReference.Read(MsrpText.Bytes(Socket.Received)).Frames;

    public async ValueTask DisposeAsync()
    {
        Socket.Dispose();
        await Session.DisposeAsync();
    }

    private string Head(string method, string id) => $"MSRP {id} {method}\r\nTo-Path: {_to}\r\nFrom-Path: {_from}\r\n";
}
