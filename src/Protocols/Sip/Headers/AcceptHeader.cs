using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Accept = [ accept-range *( COMMA accept-range ) ] (RFC 3261 section 20.1).</summary>
[Header(HeaderProtocol.Sip, "Accept", Cardinality = HeaderCardinality.Joined)]
public sealed class AcceptHeader
{
    private AcceptHeader(IReadOnlyList<string> values) => Values = values;

    /// <summary>The media ranges in lower case and without parameters: "application/sdp", "text/*", "*/*".</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether a range covers the media type; an empty list covers none (section 20.1).</summary>
    public bool Contains(string mediaType)
    {
        var slash = mediaType.IndexOf('/', StringComparison.Ordinal);
        return Values.Any(range => range == "*/*"
            || range.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            || (slash > 0 && range.EndsWith("/*", StringComparison.Ordinal)
                && range.AsSpan(..^1).Equals(mediaType.AsSpan(..(slash + 1)), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AcceptHeader? header)
    {
        header = null;
        var values = new List<string>();
        while (!value.IsEmpty)
        {
            // accept-range = media-range *( SEMI accept-param ): the shape of a Content-Type
            var length = CommaList.FirstLength(value);
            if (values.Count == SipHeaders.MaximumListValues || !ContentTypeHeader.TryParse(value[..length].Trim(" \t"u8), out var range))
            {
                return false;
            }

            values.Add(range.MediaType);
            value = length == value.Length ? default : value[(length + 1)..];
        }

        header = new AcceptHeader(values);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Join(", ", Values);
}
