using System.Text;
using System.Text.Unicode;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>A NICKNAME request that waits for the focus to decide (RFC 7701 section 7.1).</summary>
public sealed class NicknameRequest
{
    /// <summary>Bytes of a Use-Nickname value. 512: 64 characters of any script, quoted and escaped.</summary>
    private const int MaximumLength = 512;

    private readonly MsrpSession _session;
    private readonly byte[] _transactionId;

    private NicknameRequest(MsrpSession session, byte[] transactionId, string nickname)
    {
        _session = session;
        _transactionId = transactionId;
        Nickname = nickname;
    }

    /// <summary>The wish, without quotes; empty to give the nickname up.</summary>
    public string Nickname { get; }

    /// <summary>The nickname is the member's.</summary>
    public void Accept() => Answer(MsrpRejection.None);

    /// <summary>It is not; one of the nickname rejections says why.</summary>
    public void Reject(MsrpRejection rejection) => Answer(rejection);

    internal static MsrpRejection TryRead(MsrpSession session, in MsrpFrame frame, out NicknameRequest? request)
    {
        request = null;
        var value = frame.UseNickname;
        if (value.Length > MaximumLength)
        {
            return MsrpRejection.NicknameTooLong;
        }

        if (!TryUnquote(value, out var nickname))
        {
            return MsrpRejection.NicknameMalformed;
        }

        request = new NicknameRequest(session, frame.TransactionId.ToArray(), nickname);
        return MsrpRejection.None;
    }

    // Use-Nickname = "Use-Nickname:" SP nickname ; nickname = DQUOTE 1*(qdtext / qd-esc) DQUOTE, "" gives it up.
    private static bool TryUnquote(ReadOnlySpan<byte> value, out string nickname)
    {
        nickname = "";
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return false;
        }

        value = value[1..^1];
        Span<byte> plain = stackalloc byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '"' || (value[i] == '\\' && ++i == value.Length))
            {
                return false;
            }

            plain[length++] = value[i];
        }

        if (!Utf8.IsValid(plain[..length]))
        {
            return false;
        }

        nickname = Encoding.UTF8.GetString(plain[..length]);
        return true;
    }

    private void Answer(MsrpRejection rejection) =>
        _session.Loop.Post(() => _session.Respond(_transactionId, rejection));
}
