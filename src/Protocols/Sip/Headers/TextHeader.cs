namespace OmaIm.Protocols.Sip.Headers;

public abstract class TextHeader(string value)
{
    public string Value { get; } = value;
    public override string ToString() => Value;
}
