using System.Xml;
using OmaIm.Protocols.Cpim;

namespace OmaIm.Protocols.Imdn;

/// <summary>The CPIM headers of RFC 5438 section 6.</summary>
/// <remarks>
/// They are found under whatever prefix NS gave them, and under <c>imdn.</c> where a client left NS out. Names are compared as RFC 3862
/// says, case-sensitively.
/// </remarks>
public sealed record ImdnHeaders
{
    public const string Namespace = "urn:ietf:params:imdn";

    /// <summary>Most IMDN-Record-Route or IMDN-Route lines that are read: more intermediaries do not stand in a row.</summary>
    public const int MaximumRoutes = 16;

    private const string Prefix = "imdn";

    private static readonly (string Word, ImdnRequests Value)[] Words =
    [
        ("positive-delivery", ImdnRequests.PositiveDelivery),
        ("negative-delivery", ImdnRequests.NegativeDelivery),
        ("processing", ImdnRequests.Processing),
        ("display", ImdnRequests.Display),
    ];

    /// <summary>The message's own id, unique at its sender; or null when it has none, an empty one, one longer than <see cref="ImdnDocument.MaximumIdLength"/>, or one with control characters or surrogates.</summary>
    public string? MessageId { get; init; }

    public ImdnRequests Requests { get; init; }

    /// <summary>To whom the message was first addressed, when an intermediary changed that (RFC 5438 section 6.4).</summary>
    public string? OriginalTo { get; init; }

    /// <summary>Intermediaries that want to see the notifications, topmost first (RFC 5438 section 6.5).</summary>
    public IReadOnlyList<string> RecordRoutes { get; init; } = [];

    /// <summary>The way that a notification still has to go, next one first (RFC 5438 section 6.6).</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Reads what a message has of them.</summary>
    public static ImdnHeaders Of(CpimMessage message)
    {
        var id = Values(message, "Message-ID").FirstOrDefault();
        return new ImdnHeaders
        {
            MessageId = id is { Length: > 0 and <= ImdnDocument.MaximumIdLength } && !id.Any(IsNoTokenCharacter) ? id : null,
            Requests = Values(message, "Disposition-Notification").Aggregate(ImdnRequests.None, (all, value) => all | Read(value)),
            OriginalTo = Uris(message, "Original-To").FirstOrDefault(),
            RecordRoutes = [.. Uris(message, "IMDN-Record-Route").Take(MaximumRoutes)],
            Routes = [.. Uris(message, "IMDN-Route").Take(MaximumRoutes)],
        };
    }

    /// <summary>The headers as <see cref="CpimWriter"/> takes them, NS first; none when there is nothing to say.</summary>
    public IReadOnlyList<CpimHeader> ToCpim()
    {
        List<CpimHeader> headers = [new("NS", $"{Prefix} <{Namespace}>")];
        Add("Message-ID", MessageId);
        Add("Disposition-Notification", Requests == ImdnRequests.None ? null : Write(Requests));
        Add("Original-To", OriginalTo is null ? null : $"<{OriginalTo}>");
        foreach (var route in RecordRoutes)
        {
            Add("IMDN-Record-Route", $"<{route}>");
        }

        foreach (var route in Routes)
        {
            Add("IMDN-Route", $"<{route}>");
        }

        return headers.Count == 1 ? [] : headers;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers.Add(new CpimHeader($"{Prefix}.{name}", value));
            }
        }
    }

    // Disposition-Notification = [(notify-req *(COMMA notify-req))] ; notify-req = (words / Token) *(SEMI disp-notif-params)
    private static ImdnRequests Read(string value)
    {
        var requests = ImdnRequests.None;
        foreach (var range in value.AsSpan().Split(','))
        {
            var request = value.AsSpan(range);
            var semicolon = request.IndexOf(';');
            request = (semicolon < 0 ? request : request[..semicolon]).Trim(" \t");
            foreach (var (word, meaning) in Words)
            {
                requests |= request.Equals(word, StringComparison.OrdinalIgnoreCase) ? meaning : ImdnRequests.None;
            }
        }

        return requests;
    }

    // Message-ID = Token: so much of it as would break what the id is written into.
    private static bool IsNoTokenCharacter(char character) => char.IsControl(character) || !XmlConvert.IsXmlChar(character);

    private static string Write(ImdnRequests requests) =>
        string.Join(", ", Words.Where(word => requests.HasFlag(word.Value)).Select(word => word.Word));

    private static IEnumerable<string> Values(CpimMessage message, string name) => message.HeaderValues(Namespace, name, Prefix);

    // [ Formal-name ] "<" URI ">". The value's escapes are resolved already, so that quotes of the name mean nothing any more.
    private static IEnumerable<string> Uris(CpimMessage message, string name)
    {
        foreach (var value in Values(message, name))
        {
            if (value.EndsWith('>') && value.LastIndexOf('<') is var open and >= 0 && value[(open + 1)..^1] is { Length: > 0 } uri &&
                !uri.AsSpan().ContainsAny(" \t\"\\>") && !uri.Any(IsNoTokenCharacter))
            {
                yield return uri;
            }
        }
    }
}
