using System.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>An address with parameters: ( name-addr / addr-spec ) *( SEMI generic-param ) (RFC 3261 section 20.10).</summary>
public abstract class AddressHeader
{
    private protected AddressHeader(SipUri uri, SipParameters? parameters, string? displayName)
    {
        Uri = uri;
        Parameters = parameters ?? SipParameters.Empty;
        DisplayName = displayName;
    }

    /// <summary>The display name without quotes and control characters; null when there is none.</summary>
    public string? DisplayName { get; }

    /// <summary>The URI.</summary>
    public SipUri Uri { get; }

    /// <summary>The header's parameters, which are not the URI's.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The tag parameter (section 19.3); null when there is none.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The value as name-addr: "Name" &lt;uri&gt;;a=b.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder(64);
        if (DisplayName is not null)
        {
            QuotedString.Append(builder, DisplayName);
            builder.Append(' ');
        }

        builder.Append('<').Append(Uri).Append('>');
        Parameters.AppendTo(builder);
        return builder.ToString();
    }

    // name-addr = [ display-name ] LAQUOT addr-spec RAQUOT ; display-name = *(token LWS)/ quoted-string
    internal static bool TryParseAddress(ReadOnlySpan<byte> value, out (SipUri Uri, SipParameters Parameters, string? DisplayName) address)
    {
        address = default;
        string? displayName = null;
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        if (scanner.TryTakeQuoted(out var quoted))
        {
            displayName = QuotedString.Unquote(quoted);
            scanner.SkipSpace();
        }

        var bracket = scanner.Rest.IndexOf((byte)'<');
        if (bracket < 0)
        {
            return displayName is null && TryParseAddrSpec(scanner.Rest, out address);
        }

        var words = scanner.Rest[..bracket].Trim(" \t"u8);
        if (!words.IsEmpty)
        {
            // Other characters than token are let pass: unquoted UTF-8 names are common. Separators of the header are not.
            if (displayName is not null || words.ContainsAny(",;>\""u8))
            {
                return false;
            }

            displayName = PlainText.Read(words);
        }

        var rest = scanner.Rest[(bracket + 1)..];
        var end = rest.IndexOf((byte)'>');
        if (end < 0 || !SipUri.TryParse(rest[..end], out var uri))
        {
            return false;
        }

        scanner = new HeaderScanner(rest[(end + 1)..]);
        if (!SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        address = (uri, parameters, displayName);
        return true;
    }

    /// <summary>
    /// An addr-spec without brackets: what follows ";" belongs to the header, and a URI that holds "," or "?" must stand in
    /// brackets (section 20.10).
    /// </summary>
    private static bool TryParseAddrSpec(ReadOnlySpan<byte> text, out (SipUri Uri, SipParameters Parameters, string? DisplayName) address)
    {
        address = default;
        var semicolon = text.IndexOf((byte)';');
        var addrSpec = (semicolon < 0 ? text : text[..semicolon]).Trim(" \t"u8);
        var scanner = new HeaderScanner(semicolon < 0 ? default : text[semicolon..]);
        if (addrSpec.ContainsAny((byte)',', (byte)'?')
            || !SipUri.TryParse(addrSpec, out var uri)
            || !SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        address = (uri, parameters, null);
        return true;
    }
}
