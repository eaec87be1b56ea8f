using System.Text;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>One session in a room. An account may have several; each hears all others.</summary>
public sealed class RoomMember
{
    private readonly byte[] _aorBytes;
    private readonly List<OpenMessage> _open = [];
    private byte[] _pathLines = [];

    internal RoomMember(RoomRoute room, MsrpEndpoint endpoint, RoomMemberOptions options, RoomMember? former)
    {
        Room = room;
        Former = former;
        Options = options;
        _aorBytes = Encoding.UTF8.GetBytes(options.Aor);
        ShownBytes = Encoding.UTF8.GetBytes(Shown);
        FromLine = FromLineOf(options.Pseudonym);
        Session = endpoint.CreateSession(room, room.Loop);
        Session.Tag = this;
        Session.RemotePath = options.RemotePath;
    }

    public RoomRoute Room { get; }

    public RoomMemberOptions Options { get; private set; }

    public string Aor => Options.Aor;

    /// <summary>The address that the others know him by.</summary>
    public string Shown => Options.Pseudonym ?? Options.Aor;

    public object? Tag => Options.Tag;

    /// <summary>The MSRP session; its local path goes into the SDP answer.</summary>
    public MsrpSession Session { get; }

    /// <summary>
    /// Completes what the focus learns after <see cref="RoomRoute.Join"/>, from the peer's description: call it before the peer can
    /// know the local path, or before it answers an offer.
    /// </summary>
    public void Describe(RoomMemberOptions options)
    {
        Options = options;
        ShownBytes = Encoding.UTF8.GetBytes(Shown);
        FromLine = FromLineOf(options.Pseudonym);
        Session.RemotePath = options.RemotePath;
        Session.Loop.Post(() => Room.Recount(this));
    }

    /// <summary>Ends the member's session. Any thread; the observer hears of it as of every end.</summary>
    public void Leave() => Session.Close();

    internal ReadOnlySpan<byte> AorBytes => _aorBytes;

    /// <summary><see cref="Shown"/> as it stands in a message.</summary>
    internal byte[] ShownBytes { get; private set; }

    /// <summary>The CPIM From line of a member without a name; null for one who says it.</summary>
    internal byte[]? FromLine { get; private set; }

    /// <summary>The two path lines of every frame to this member, as they stand behind the start line.</summary>
    internal ReadOnlySpan<byte> PathLines => _pathLines;

    /// <summary>Whose place this one takes when it is bound; null for nobody's.</summary>
    internal RoomMember? Former { get; set; }

    /// <summary>Where the member stands in the room's table; -1 while he does not listen.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>The sequence number of the first message that he hears.</summary>
    internal long FirstHeard { get; set; }

    /// <summary>Whether the room counts him among those who do not take every content type.</summary>
    internal bool IsRestricted { get; set; }

    internal Participant? Participant { get; set; }

    /// <summary>Nickname requests that the focus has not decided yet.</summary>
    internal int WaitingNicknames { get; set; }

    internal List<OpenMessage> Open => _open;

    /// <summary>What the room's long messages still wait for others, of those that this member says; null before the first.</summary>
    internal LagCredit? Lag { get; set; }

    private static byte[]? FromLineOf(string? pseudonym) => pseudonym is null ? null : Encoding.UTF8.GetBytes($"From: <{pseudonym}>\r\n");

    internal void PreparePathLines()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>(256);
        Protocols.Msrp.MsrpWriter.WritePaths(output, Session.RemotePathBytes, Session.LocalPathBytes);
        _pathLines = output.WrittenSpan.ToArray();
    }

    internal void BringPaths()
    {
        CacheLines.Bring(Session, 3);
        CacheLines.Bring(_pathLines, 3);
    }

    internal OpenMessage? FindOpen(ReadOnlySpan<byte> messageId)
    {
        foreach (var open in _open)
        {
            if (messageId.SequenceEqual(open.MessageId))
            {
                return open;
            }
        }

        return null;
    }
}
