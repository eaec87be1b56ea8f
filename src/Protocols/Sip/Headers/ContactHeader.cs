using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Contact = ( STAR / (contact-param *( COMMA contact-param )) ) (RFC 3261 section 20.10).</summary>
[Header(HeaderProtocol.Sip, "Contact", Compact = "m", Cardinality = HeaderCardinality.List, Order = 50)]
public sealed class ContactHeader : AddressHeader
{
    // The URI of "*": equal to no address.
    private static readonly SipUri NoUri = SipUri.Parse("wildcard:*");

    /// <summary>Composes a value.</summary>
    public ContactHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    private ContactHeader()
        : base(NoUri, null, null)
        => IsWildcard = true;

    /// <summary>Whether it is "*", all bindings (section 10.2.2); <see cref="AddressHeader.Uri"/> means nothing then.</summary>
    public bool IsWildcard { get; }

    /// <summary>The expires parameter in seconds; null when there is none.</summary>
    public int? Expires { get; private init; }

    /// <summary>The preference, 0 to 1; null when it is not said.</summary>
    public double? Q { get; private init; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContactHeader? header)
    {
        header = null;
        if (value.SequenceEqual("*"u8))
        {
            header = new ContactHeader();
            return true;
        }

        double? q = null;
        if (!TryParseAddress(value, out var address)
            || !DeltaSeconds.TryRead(address.Parameters, "expires", out var expires)
            || (address.Parameters.Contains("q") && !TryReadQ(address.Parameters["q"], out q)))
        {
            return false;
        }

        header = new ContactHeader(address.Uri, address.Parameters, address.DisplayName) { Expires = expires, Q = q };
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => IsWildcard ? "*" : base.ToString();

    // qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
    private static bool TryReadQ(string? text, out double? q)
    {
        q = null;
        if (text is null or { Length: > 5 } || !text.All(character => char.IsAsciiDigit(character) || character == '.')
            || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1)
        {
            return false;
        }

        q = number;
        return true;
    }
}
