namespace OmaIm.Protocols.Sip.Headers;

/// <summary>A header that is one piece of text.</summary>
public abstract class TextHeader
{
    private protected TextHeader(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value;
}
