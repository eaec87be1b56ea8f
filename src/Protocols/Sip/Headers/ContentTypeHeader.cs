using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Content-Type = media-type ; media-type = m-type SLASH m-subtype *( SEMI m-parameter ) (RFC 3261 section 20.15).</summary>
[Header(HeaderProtocol.Sip, "Content-Type", Compact = "c", Order = 200)]
public sealed class ContentTypeHeader
{
    private ContentTypeHeader(string mediaType, SipParameters parameters)
    {
        MediaType = mediaType;
        Parameters = parameters;
    }

    /// <summary>"type/subtype" in lower case.</summary>
    public string MediaType { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentTypeHeader? header)
    {
        header = null;
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out var type) || !scanner.TryTake((byte)'/') || !scanner.TryTakeToken(out var subtype)
            || !SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        var mediaType = $"{Encoding.ASCII.GetString(type)}/{Encoding.ASCII.GetString(subtype)}".ToLowerInvariant();
        header = new ContentTypeHeader(mediaType, parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => MediaType + Parameters;
}
