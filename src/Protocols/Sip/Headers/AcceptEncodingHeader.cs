using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Accept-Encoding = [ encoding *( COMMA encoding ) ], encoding = codings *( SEMI accept-param ) (RFC 3261 section 20.2).</summary>
[Header(HeaderProtocol.Sip, "Accept-Encoding", Cardinality = HeaderCardinality.Joined)]
public sealed class AcceptEncodingHeader
{
    private AcceptEncodingHeader(IReadOnlyList<string> values) => Values = values;

    /// <summary>The codings without parameters: "gzip", "identity", "*".</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Reads the list, which may be empty; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AcceptEncodingHeader? header)
    {
        header = null;
        var values = new List<string>();
        while (!value.IsEmpty)
        {
            var length = CommaList.FirstLength(value);
            if (values.Count == SipHeaders.MaximumListValues || !ParameterizedToken.TryParse(value[..length].Trim(" \t"u8), out var coding, out _))
            {
                return false;
            }

            values.Add(coding);
            value = length == value.Length ? default : value[(length + 1)..];
        }

        header = new AcceptEncodingHeader(values);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Join(", ", Values);
}
