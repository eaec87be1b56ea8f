using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Subject = [TEXT-UTF8-TRIM] (RFC 3261 section 20.36).</summary>
[Header(HeaderProtocol.Sip, "Subject", Compact = "s")]
public sealed class SubjectHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public SubjectHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; control characters are left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SubjectHeader? header)
    {
        header = new SubjectHeader(PlainText.Read(value));
        return true;
    }
}
