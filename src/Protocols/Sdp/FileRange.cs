using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmaIm.Protocols.Sdp;

/// <summary>The <c>a=file-range</c> attribute (RFC 5547 section 6): the part of the file that is sent.</summary>
/// <param name="Start">The first byte, from 1.</param>
/// <param name="End">The last byte, or null for the end of the file, whose size need not be known (<c>*</c>).</param>
public sealed record FileRange(long Start, long? End)
{
    /// <summary>Reads the attribute's value. False for anything but <c>start-end</c> with 1 &lt;= start &lt;= end + 1: an empty rest is a rest, too.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FileRange? range)
    {
        range = null;
        var value = text.AsSpan().Trim(' ');
        var dash = value.IndexOf('-');
        if (dash < 0 || !FileGrammar.TryReadInteger(value[..dash], out var start) || start < 1)
        {
            return false;
        }

        if (value[(dash + 1)..] is "*")
        {
            range = new FileRange(start, null);
        }
        else if (FileGrammar.TryReadInteger(value[(dash + 1)..], out var end) && end >= start - 1)
        {
            range = new FileRange(start, end);
        }

        return range is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}-{End?.ToString(CultureInfo.InvariantCulture) ?? "*"}");
}
