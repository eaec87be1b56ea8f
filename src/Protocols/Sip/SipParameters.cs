namespace OmaIm.Protocols.Sip;

/// <summary>An immutable, ordered list of ;name[=value] parameters: <see cref="With"/> and <see cref="Without"/> return a copy.</summary>
public sealed class SipParameters
{
    public static readonly SipParameters Empty = new();
    /// <summary>The value, unquoted; null when absent or without value (see <see cref="Contains"/>).</summary>
    public string? this[string name] => throw new NotImplementedException();
    public int Count => throw new NotImplementedException();
    public bool Contains(string name) => throw new NotImplementedException();
    public SipParameters With(string name, string? value = null) => throw new NotImplementedException();
    public SipParameters Without(string name) => throw new NotImplementedException();
    public override string ToString() => throw new NotImplementedException();
}
