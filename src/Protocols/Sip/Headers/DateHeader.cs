using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Date = SIP-date ; rfc1123-date = wkday "," SP date1 SP time SP "GMT" (RFC 3261 section 20.17).</summary>
[Header(HeaderProtocol.Sip, "Date")]
public sealed class DateHeader
{
    private const string Rfc1123 = "ddd, dd MMM yyyy HH:mm:ss 'GMT'";

    /// <summary>Composes a value.</summary>
    public DateHeader(DateTimeOffset value) => Value = value;

    /// <summary>The time, in UTC, to the second.</summary>
    public DateTimeOffset Value { get; }

    /// <summary>Reads the value; false when it breaks the grammar, as any zone but GMT does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out DateHeader? header)
    {
        header = DateTimeOffset.TryParseExact(
            Encoding.UTF8.GetString(value), Rfc1123, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? new DateHeader(date)
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value.ToUniversalTime().ToString(Rfc1123, CultureInfo.InvariantCulture);
}
