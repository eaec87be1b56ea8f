using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmaIm.Protocols.Sdp;

/// <summary>The <c>a=file-date</c> attribute (RFC 5547 section 6): when the file was created, changed and read last.</summary>
public sealed record FileDates(DateTimeOffset? Creation = null, DateTimeOffset? Modification = null, DateTimeOffset? Read = null)
{
    // date-time of RFC 5322 section 3.3: the day of the week and the seconds may be missing, the day of the month may have one digit.
    private static readonly string[] Formats =
    [
        "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm zzz", "d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm zzz",
        "ddd, d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'GMT'",
    ];

    /// <summary>Reads the attribute's value. Dates that cannot be read are left out, unknown parameters are skipped; false for broken quotes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FileDates? dates)
    {
        dates = null;
        var read = new FileDates();
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (!FileGrammar.TryTakeField(ref rest, out var field))
            {
                return false;
            }

            // date-param = ("creation:" / "modification:" / "read:") DQUOTE date-time DQUOTE
            var colon = field.IndexOf(':');
            DateTimeOffset? date = FileGrammar.TryUnquote(field[(colon + 1)..], out var inside) && TryReadDate(inside, out var time) ? time : null;
            read = (colon < 0 ? [] : field[..colon]) switch
            {
                "creation" => read with { Creation = date },
                "modification" => read with { Modification = date },
                "read" => read with { Read = date },
                _ => read,
            };
        }

        dates = read;
        return true;
    }

    public override string ToString()
    {
        List<string> parameters = [];
        Add("creation", Creation);
        Add("modification", Modification);
        Add("read", Read);
        return string.Join(' ', parameters);

        void Add(string name, DateTimeOffset? date)
        {
            if (date is { } time)
            {
                parameters.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:\"{time.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\""));
            }
        }
    }

    private static bool TryReadDate(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out time);
}
