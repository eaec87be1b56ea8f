using System.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>A header that is one piece of text.</summary>
public abstract class TextHeader
{
    private protected TextHeader(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;

    /// <summary>TEXT-UTF8char without control characters; nothing of what it says is judged.</summary>
    internal static string Read(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        return text.Any(char.IsControl) ? string.Concat(text.Where(character => !char.IsControl(character))) : text;
    }
}
