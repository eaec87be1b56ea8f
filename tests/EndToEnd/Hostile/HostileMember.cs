using OmaIm.Client;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Dave: a lawful member of the lobby whose MSRP connection is a bare socket.</summary>
internal sealed class HostileMember(HostileRoom room, RoomSession session, RawSocket socket) : IAsyncDisposable
{
    private const string Bind = "bind";
    private const string Alive = "alive";

    private int _probes;

    public RawSocket Socket => socket;

    public RoomSession Session => session;

    public static async Task<HostileMember> JoinAsync(HostileRoom room, int? receiveBuffer = null)
    {
        var session = await room.Appliance.JoinLobbyAsync("dave", new JoinOptions { ConnectMedia = false, SubscribeRoster = false, AutoRejoin = false });
        var member = new HostileMember(room, session, await room.Appliance.ConnectMsrpAsync(receiveBuffer));
        await member.SendAsync(MsrpText.Request("SEND", Bind, "{to}", "{from}", "Message-ID: bind"));
        await member.Socket.Expect200Async(Bind);
        return member;
    }

    /// <summary>{to} and {from} stand for the session's paths, {alice} for the path of hers, {lobby} for the room.</summary>
    public string Fill(string text) => text
        .Replace("{to}", session.Msrp!.RemotePath, StringComparison.Ordinal)
        .Replace("{from}", session.Msrp.LocalPath, StringComparison.Ordinal)
        .Replace("{alice}", room.PathOfAlice, StringComparison.Ordinal)
        .Replace("{lobby}", RunningAppliance.Lobby, StringComparison.Ordinal);

    public Task SendAsync(string text) => socket.SendAsync(Fill(text));

    /// <summary>Everything before has been dealt with, and the connection goes on.</summary>
    public async Task GoesOnAsync()
    {
        var id = $"{Alive}{++_probes}";
        await SendAsync(MsrpText.Request("SEND", id, "{to}", "{from}", "Message-ID: alive"));
        Assert.True(await socket.ReadToAsync($"-------{id}$"), socket.Received);
    }

    /// <summary>What has come but for the answers to this class's own requests.</summary>
    public List<MsrpWireFrame> Frames() =>
        [.. MsrpReference.Read(MsrpText.Bytes(socket.Received)).Frames.Where(static frame => frame.TransactionId != Bind && !frame.TransactionId.StartsWith(Alive, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await session.DisposeAsync();
    }
}
