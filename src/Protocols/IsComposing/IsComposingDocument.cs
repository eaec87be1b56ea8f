using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.IsComposing;

/// <summary>An application/im-iscomposing+xml document (RFC 3994 section 5): whether the other side is writing something.</summary>
public sealed record IsComposingDocument
{
    public const string ContentType = "application/im-iscomposing+xml";

    /// <summary>Longest document that is read, in characters: some 300 are the rule.</summary>
    public const int MaximumCharacters = 4 * 1024;

    private static readonly XNamespace Ns = "urn:ietf:params:xml:ns:im-iscomposing";

    public required ComposingState State { get; init; }

    /// <summary>When something was last written, or null.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>The media type of what is being written, for instance <c>text/plain</c>, or null.</summary>
    public string? ComposedType { get; init; }

    /// <summary>After how long without another document the state counts as idle, in whole seconds from 1; null when the document leaves it to the receiver.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>Reads a document. Unknown elements and states and unreadable times are skipped; false for what is no isComposing, has no state, or crosses a limit.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out IsComposingDocument? composing)
    {
        composing = null;
        if (!SafeXml.TryLoad(document, out var root, MaximumCharacters) || root.Name != Ns + "isComposing" || Text(root, "state") is not { } state)
        {
            return false;
        }

        composing = new IsComposingDocument
        {
            State = state == "active" ? ComposingState.Active : ComposingState.Idle,
            LastActive = Rfc3339.TryParse(Text(root, "lastactive"), out var time) ? time : null,
            ComposedType = Text(root, "contenttype") is { Length: > 0 } type ? type : null,
            Refresh = Digits.TryParse(Encoding.UTF8.GetBytes(Text(root, "refresh") ?? string.Empty), int.MaxValue, out var seconds) && seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : null,
        };
        return true;
    }

    /// <summary>Writes the document. Throws <see cref="ArgumentException"/> for characters that XML cannot carry, and for a refresh under a second.</summary>
    public byte[] ToBytes()
    {
        if (Refresh < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("A refresh is a positive number of seconds.");
        }

        // The schema's order: state, lastactive, contenttype, refresh.
        return SafeXml.Write(new XElement(
            Ns + "isComposing",
            new XElement(Ns + "state", State == ComposingState.Active ? "active" : "idle"),
            Optional("lastactive", LastActive is { } time ? Rfc3339.Format(time) : null),
            Optional("contenttype", ComposedType),
            Optional("refresh", Refresh is { } refresh ? ((long)refresh.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null)));
    }

    private static string? Text(XElement root, string name) => root.Element(Ns + name)?.Value.Trim();

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(Ns + name, value);
}
