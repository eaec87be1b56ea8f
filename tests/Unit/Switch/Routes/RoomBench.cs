using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A room on the test's own thread and clock, and what its focus hears of it.</summary>
internal sealed class RoomBench : IRoomRouteObserver, IDisposable
{
    public const string Uri = "sip:lobby@rooms.example.com";

    private int _members;

    public RoomBench(RoomRouteOptions? options = null, MsrpLoopOptions? loop = null, MsrpLimits? limits = null)
    {
        Msrp = new MsrpBench(loop, limits);
        Room = new RoomRoute(Msrp.Endpoint, Uri, options ?? new RoomRouteOptions(), this);
    }

    public MsrpBench Msrp { get; }

    public RoomRoute Room { get; }

    public MsrpStatistics Statistics => Msrp.Statistics;

    /// <summary>Bindings, ends and nickname wishes, as they came.</summary>
    public List<string> Events { get; } = [];

    public List<NicknameRequest> Nicknames { get; } = [];

    /// <summary>A member who has bound his session, on a connection of his own or a given one.</summary>
    public RoomPeer Join(
        string aor, bool privateMessages = true, IReadOnlyList<string>? acceptWrappedTypes = null, MsrpMemoryConnection? connection = null, string? pseudonym = null)
    {
        var peer = Invite(aor, privateMessages, acceptWrappedTypes, connection, pseudonym);
        peer.Msrp.Bind();
        peer.Msrp.Take();
        return peer;
    }

    /// <summary>A member whose session nobody has bound yet.</summary>
    public RoomPeer Invite(
        string aor, bool privateMessages = true, IReadOnlyList<string>? acceptWrappedTypes = null, MsrpMemoryConnection? connection = null, string? pseudonym = null,
        RoomMember? former = null)
    {
        var path = $"msrp://198.51.100.7:9/peer{++_members:d4};tcp";
        var options = new RoomMemberOptions
        {
            Aor = aor,
            Pseudonym = pseudonym,
            RemotePath = path,
            PrivateMessages = privateMessages,
            AcceptWrappedTypes = acceptWrappedTypes,
        };
        var member = Room.Join(options, former: former);
        var peer = new RoomPeer(this, member, new MsrpPeer(Msrp, member.Session, connection ?? Msrp.Connect(), path));
        Msrp.Run();
        return peer;
    }

    public void OnMemberBound(RoomMember member) => Events.Add($"{member.Aor} bound");

    public void OnMemberGone(RoomMember member, MsrpCloseReason reason) => Events.Add($"{member.Aor} gone {reason}");

    public void OnNickname(RoomMember member, NicknameRequest request) => Nicknames.Add(request);

    public void Dispose() => Msrp.Dispose();
}
