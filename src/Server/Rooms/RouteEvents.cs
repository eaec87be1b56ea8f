using OmaIm.Protocols.Msrp;
using OmaIm.Server.Core;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Switch.Routes;

namespace OmaIm.Server.Rooms;

/// <summary>Carries the facts of a room's route from the MSRP loop to the control loop. All its work is done there.</summary>
public sealed class RouteEvents(ControlLoop loop, ServerMetrics metrics) : IRoomRouteObserver
{
    public void OnMemberBound(RoomMember member) => loop.Post(Bound, member);

    public void OnMemberGone(RoomMember member, MsrpCloseReason reason) => loop.Post(Gone, member);

    public void OnNickname(RoomMember member, NicknameRequest request) => loop.Post(Name, (member, request));

    /// <summary>The MSRP answer to a nickname request (RFC 7701 section 7.2).</summary>
    public static MsrpRejection Answer(NicknameVerdict verdict) => verdict switch
    {
        NicknameVerdict.TooLong => MsrpRejection.NicknameTooLong,
        NicknameVerdict.Malformed => MsrpRejection.NicknameMalformed,
        NicknameVerdict.Taken => MsrpRejection.NicknameInUse,
        NicknameVerdict.NotInRoom => MsrpRejection.NicknameForbidden,
        _ => MsrpRejection.None,
    };

    private static RoomSession Session(RoomMember member) => (RoomSession)member.Tag!;

    private static void Bound(RoomMember member)
    {
        if (Session(member).Media.Member == member)
        {
            Session(member).OnBound();
        }
    }

    // A member that the session has replaced, or left behind, is gone on purpose.
    private static void Gone(RoomMember member)
    {
        if (Session(member).Media.Member == member)
        {
            Session(member).End(LeaveReason.ConnectionLost);
        }
    }

    private void Name((RoomMember Member, NicknameRequest Request) asked)
    {
        var session = Session(asked.Member);
        var verdict = session.Room.TakeNickname(session, asked.Request.Nickname);
        metrics.NicknameAnswered(verdict.ToString());
        var rejection = Answer(verdict);
        if (rejection == MsrpRejection.None)
        {
            asked.Request.Accept();
        }
        else
        {
            asked.Request.Reject(rejection);
        }
    }
}
