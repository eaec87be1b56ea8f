using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Switch.Routes;

/// <summary>A NICKNAME request that waits for the focus to decide (RFC 7701 section 7.1).</summary>
public sealed class NicknameRequest
{
    /// <summary>Bytes of a Use-Nickname value. 512: 64 characters of any script, quoted and escaped.</summary>
    private const int MaximumLength = 512;

    /// <summary>Requests of one session that wait. 4: a client waits for one answer before it asks again.</summary>
    private const int MaximumWaiting = 4;

    private readonly RoomMember _member;
    private readonly byte[] _transactionId;

    private NicknameRequest(RoomMember member, byte[] transactionId, string nickname)
    {
        _member = member;
        _transactionId = transactionId;
        Nickname = nickname;
    }

    /// <summary>The wish, without quotes; empty to give the nickname up.</summary>
    public string Nickname { get; }

    /// <summary>The nickname is the member's.</summary>
    public void Accept() => Answer(MsrpRejection.None);

    /// <summary>It is not; one of the nickname rejections says why.</summary>
    public void Reject(MsrpRejection rejection) => Answer(rejection);

    internal static MsrpRejection TryRead(RoomMember member, in MsrpFrame frame, out NicknameRequest? request)
    {
        request = null;
        if (frame.UseNickname.Length > MaximumLength)
        {
            return MsrpRejection.NicknameTooLong;
        }

        if (!UseNicknameHeader.TryParse(frame.UseNickname, out var header))
        {
            return MsrpRejection.NicknameMalformed;
        }

        if (member.WaitingNicknames >= MaximumWaiting)
        {
            return MsrpRejection.NicknameForbidden;
        }

        member.WaitingNicknames++;
        request = new NicknameRequest(member, frame.TransactionId.ToArray(), header.Value);
        return MsrpRejection.None;
    }

    private void Answer(MsrpRejection rejection) => _member.Session.Loop.Post(() =>
    {
        _member.WaitingNicknames--;
        _member.Session.Respond(_transactionId, rejection);
    });
}
