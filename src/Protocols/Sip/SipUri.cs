using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// A SIP or SIPS URI (RFC 3261 section 19.1), immutable; URIs of other schemes are carried with their text unread
/// (<see cref="IsSip"/> is false, <see cref="Opaque"/> holds what follows the colon).
/// Scheme and host are in lower case and needless escapes are resolved, so that equal parts are equal strings.
/// </summary>
public sealed class SipUri
{
    private SipUri(string scheme) => Scheme = scheme;

    /// <summary>"sip", "sips", "tel"..., in lower case.</summary>
    public string Scheme { get; }

    /// <summary>Whether the scheme is sip or sips and the parts below are therefore read.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>The user part, still escaped where its characters demand it; null when there is none.</summary>
    public string? User { get; private init; }

    /// <summary>The password, still escaped; null when there is none. Its use is not recommended (section 19.1.1).</summary>
    public string? Password { get; private init; }

    /// <summary>Host name or address, an IPv6 address in brackets; empty when <see cref="IsSip"/> is false.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The port, or null when none is written.</summary>
    public int? Port { get; private init; }

    /// <summary>The URI parameters.</summary>
    public SipParameters Parameters { get; private init; } = SipParameters.Empty;

    /// <summary>The text behind "?", escaped as it came; null when there is none.</summary>
    public string? Headers { get; private init; }

    /// <summary>What follows the colon of a URI that is neither sip nor sips; otherwise empty.</summary>
    public string Opaque { get; private init; } = "";

    /// <summary>
    /// The address-of-record (section 10.3 step 5): "sip:user@host" without port, parameters, password and headers, for
    /// sips too; another scheme's URI as it is, a tel number without its visual separators (RFC 3966 section 5).
    /// </summary>
    public string Aor => IsSip
        ? (User is null ? $"sip:{Host}" : $"sip:{User}@{Host}")
        : Scheme == "tel" ? $"tel:{TelNumber()}" : ToString();

    /// <summary>Reads a URI; false when it breaks the grammar.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        return text is not null && TryParse(Encoding.UTF8.GetBytes(text), out uri);
    }

    /// <summary>Reads a URI; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !IsScheme(text[..colon]))
        {
            return false;
        }

        var scheme = Encoding.ASCII.GetString(text[..colon]).ToLowerInvariant();
        var rest = text[(colon + 1)..];
        if (scheme is "sip" or "sips")
        {
            return TryParseSip(scheme == "sip" ? "sip" : "sips", rest, out uri);
        }

        if (rest.IsEmpty || !IsOpaque(rest))
        {
            return false;
        }

        uri = new SipUri(scheme) { Opaque = Encoding.ASCII.GetString(rest) };
        return true;
    }

    /// <summary>Reads a URI that is known to be right, such as one of the configuration.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static SipUri Parse(string text)
        => TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI.");

    /// <summary>Composes a sip URI. Characters that the user part does not allow are escaped.</summary>
    /// <exception cref="ArgumentException">The host is neither name nor address.</exception>
    public static SipUri Create(string? user, string host, int? port = null, string? transport = null)
    {
        var hostText = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        if (!HostPort.TryParse(Encoding.UTF8.GetBytes(hostText), out var lowerHost, out var portInHost) || portInHost is not null)
        {
            throw new ArgumentException($"'{host}' is not a host.", nameof(host));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(port ?? 0, ushort.MaxValue);
        return new SipUri("sip")
        {
            User = string.IsNullOrEmpty(user) ? null : PercentEncoding.Escape(user, Grammar.User),
            Host = lowerHost,
            Port = port,
            Parameters = transport is null ? SipParameters.Empty : SipParameters.Empty.With("transport", transport),
        };
    }

    /// <summary>A copy with the parameter set; a null value gives the bare name, other characters than a parameter allows are escaped.</summary>
    public SipUri With(string parameter, string? value = null)
        => Copy(Parameters.WithRaw(
            PercentEncoding.Escape(parameter, Grammar.Paramchar),
            value is null ? null : PercentEncoding.Escape(value, Grammar.Paramchar)), Headers);

    /// <summary>A copy without the parameter.</summary>
    public SipUri Without(string parameter) => Copy(Parameters.Without(parameter), Headers);

    /// <summary>A copy without headers: what may stand in a Request-URI (RFC 3261 section 19.1.5).</summary>
    public SipUri WithoutHeaders() => Headers is null ? this : Copy(Parameters, null);

    /// <summary>
    /// The value of a header behind "?", escapes resolved; null when it is not there. Any octet may come out: check it before it goes into a
    /// message.
    /// </summary>
    public string? Header(string name)
    {
        foreach (var header in (Headers ?? "").Split('&'))
        {
            var equal = header.IndexOf('=', StringComparison.Ordinal);
            if (equal > 0 && Uri.UnescapeDataString(header[..equal]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(header[(equal + 1)..]);
            }
        }

        return null;
    }

    /// <summary>Whether both mean the same by the rules of RFC 3261 section 19.1.4. Not transitive, so no hash can stand for it.</summary>
    public bool IsEquivalentTo(SipUri other) => SipUriComparison.AreEquivalent(this, other);

    /// <summary>The URI as it is written.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder(64);
        builder.Append(Scheme).Append(':');
        if (!IsSip)
        {
            return builder.Append(Opaque).ToString();
        }

        if (User is not null)
        {
            builder.Append(User);
            if (Password is not null)
            {
                builder.Append(':').Append(Password);
            }

            builder.Append('@');
        }

        builder.Append(Host);
        if (Port is { } port)
        {
            builder.Append(CultureInfo.InvariantCulture, $":{port}");
        }

        Parameters.AppendTo(builder);
        if (Headers is not null)
        {
            builder.Append('?').Append(Headers);
        }

        return builder.ToString();
    }

    // SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ] ; userinfo = ( user ) [ ":" password ] "@"
    private static bool TryParseSip(string scheme, ReadOnlySpan<byte> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        string? user = null;
        string? password = null;
        var at = rest.IndexOf((byte)'@'); // user and password hold no "@": the first one ends them, ";" and "?" before it are theirs
        if (at >= 0)
        {
            var userinfo = rest[..at];
            var colon = userinfo.IndexOf((byte)':');
            if (!PercentEncoding.TryNormalize(colon < 0 ? userinfo : userinfo[..colon], Grammar.User, out user)
                || (colon >= 0 && colon + 1 < userinfo.Length && !PercentEncoding.TryNormalize(userinfo[(colon + 1)..], Grammar.Password, out password)))
            {
                return false;
            }

            password = colon >= 0 ? password ?? "" : null;
            rest = rest[(at + 1)..];
        }

        string? headers = null;
        var question = rest.IndexOf((byte)'?');
        if (question >= 0)
        {
            if (!IsHeaders(rest[(question + 1)..]))
            {
                return false;
            }

            headers = Encoding.ASCII.GetString(rest[(question + 1)..]);
            rest = rest[..question];
        }

        var semicolon = rest.IndexOf((byte)';');
        var hostport = semicolon < 0 ? rest : rest[..semicolon];
        if (!HostPort.TryParse(hostport, out var host, out var port)
            || !SipParameters.TryParseUri(semicolon < 0 ? default : rest[semicolon..], out var parameters))
        {
            return false;
        }

        uri = new SipUri(scheme) { User = user, Password = password, Host = host, Port = port, Parameters = parameters, Headers = headers };
        return true;
    }

    // headers = "?" header *( "&" header ) ; header = hname "=" hvalue ; hvalue may be empty
    private static bool IsHeaders(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'&'))
        {
            var header = text[range];
            var equal = header.IndexOf((byte)'=');
            if (equal <= 0
                || !PercentEncoding.TryNormalize(header[..equal], Grammar.Hvalue, out _)
                || (equal + 1 < header.Length && !PercentEncoding.TryNormalize(header[(equal + 1)..], Grammar.Hvalue, out _)))
            {
                return false;
            }
        }

        return true;
    }

    // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (!Grammar.Alphanum.Contains(octet) && octet is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter((char)text[0]);
    }

    // uric, read widely: visible ASCII that cannot break out of angle brackets or quotes
    private static bool IsOpaque(ReadOnlySpan<byte> text)
        => !text.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !text.ContainsAny((byte)'<', (byte)'>', (byte)'"');

    private string TelNumber()
    {
        var semicolon = Opaque.IndexOf(';', StringComparison.Ordinal);
        var number = semicolon < 0 ? Opaque : Opaque[..semicolon];
        var digits = string.Concat(number.Where(character => character is not ('-' or '.' or '(' or ')')));
        return semicolon < 0 || digits.StartsWith('+') ? digits : digits + Opaque[semicolon..].ToLowerInvariant();
    }

    private SipUri Copy(SipParameters parameters, string? headers) => new(Scheme)
    {
        User = User,
        Password = Password,
        Host = Host,
        Port = Port,
        Parameters = parameters,
        Headers = headers,
        Opaque = Opaque,
    };
}
