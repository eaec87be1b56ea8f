using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp;

/// <summary>
/// <c>MSRP-URI = msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter)</c> (RFC 4975 section 9), seen in place.
/// </summary>
public readonly ref struct MsrpUri
{
    /// <summary>The port of a URI that names none (RFC 4975 section 6).</summary>
    public const int DefaultPort = 2855;

    private MsrpUri(bool isSecure, ReadOnlySpan<byte> host, int? port, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> transport)
    {
        IsSecure = isSecure;
        Host = host;
        Port = port;
        SessionId = sessionId;
        Transport = transport;
    }

    /// <summary>Whether the scheme is msrps.</summary>
    public bool IsSecure { get; }

    /// <summary>Host name, IPv4 address or bracketed IPv6 address.</summary>
    public ReadOnlySpan<byte> Host { get; }

    public int? Port { get; }

    /// <summary>The session-id, empty when absent. It alone, with scheme and transport, names a session; compared byte by byte.</summary>
    public ReadOnlySpan<byte> SessionId { get; }

    public ReadOnlySpan<byte> Transport { get; }

    public static bool TryParse(ReadOnlySpan<byte> text, out MsrpUri uri)
    {
        uri = default;
        var colon = text.IndexOf("://"u8);
        if (colon < 0 || !TryReadScheme(text[..colon], out var isSecure))
        {
            return false;
        }

        var rest = text[(colon + 3)..];
        var parameters = rest.IndexOf((byte)';');
        if (parameters < 0)
        {
            return false;
        }

        var transport = rest[(parameters + 1)..];
        var isClean = !transport.ContainsAnyExcept(MsrpGrammar.UriParameters);
        var nextParameter = transport.IndexOf((byte)';');
        transport = nextParameter < 0 ? transport : transport[..nextParameter];
        rest = rest[..parameters];

        var slash = rest.IndexOf((byte)'/');
        var sessionId = slash < 0 ? default : rest[(slash + 1)..];
        var authority = slash < 0 ? rest : rest[..slash];
        authority = authority[(authority.IndexOf((byte)'@') + 1)..];
        if (!TryReadAuthority(authority, out var host, out var port)
            || !isClean || transport.IsEmpty || transport.ContainsAnyExcept(Grammar.Alphanum)
            || (slash >= 0 && (sessionId.IsEmpty || sessionId.ContainsAnyExcept(MsrpGrammar.SessionId))))
        {
            return false;
        }

        uri = new MsrpUri(isSecure, host, port, sessionId, transport);
        return true;
    }

    private static bool TryReadScheme(ReadOnlySpan<byte> scheme, out bool isSecure)
    {
        isSecure = System.Text.Ascii.EqualsIgnoreCase(scheme, "msrps"u8);
        return isSecure || System.Text.Ascii.EqualsIgnoreCase(scheme, "msrp"u8);
    }

    private static bool TryReadAuthority(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host, out int? port)
    {
        port = null;
        var end = authority.StartsWith("["u8) ? authority.IndexOf((byte)']') + 1 : authority.IndexOf((byte)':');
        host = end < 0 ? authority : authority[..end];
        var behind = end < 0 ? default : authority[end..];
        if (host.IsEmpty || host.ContainsAnyExcept(MsrpGrammar.Host))
        {
            return false;
        }

        if (behind.IsEmpty)
        {
            return true;
        }

        if (behind[0] != ':' || !Digits.TryParse(behind[1..], ushort.MaxValue, out var value))
        {
            return false;
        }

        port = (int)value;
        return true;
    }
}
