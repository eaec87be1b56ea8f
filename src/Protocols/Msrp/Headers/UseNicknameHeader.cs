using System.Text;
using System.Text.Unicode;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Use-Nickname = "Use-Nickname" ":" SP nickname ; nickname = DQUOTE 1*( qdtext / qd-esc ) DQUOTE, or "" to give it up (RFC 7701 section 7.1).</summary>
[Header(HeaderProtocol.Msrp, "Use-Nickname")]
public readonly record struct UseNicknameHeader(string Value)
{
    /// <summary>Reads the value; false when it is no quoted string, or not UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out UseNicknameHeader header)
    {
        header = default;
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return false;
        }

        var quoted = value[1..^1];
        var plain = new byte[quoted.Length];
        var length = 0;
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '"' || (quoted[i] == '\\' && ++i == quoted.Length))
            {
                return false; // qd-esc = ( BACKSLASH BACKSLASH ) / ( BACKSLASH DQUOTE )
            }

            plain[length++] = quoted[i];
        }

        if (!Utf8.IsValid(plain.AsSpan(0, length)))
        {
            return false;
        }

        header = new UseNicknameHeader(Encoding.UTF8.GetString(plain, 0, length));
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString()
        => $"\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
