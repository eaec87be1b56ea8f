namespace OmaIm.Protocols.Sip.Headers;

public abstract class TokenListHeader(IReadOnlyList<string> values)
{
    public IReadOnlyList<string> Values { get; } = values;
    public bool Contains(string token) => throw new NotImplementedException();
    public override string ToString() => string.Join(", ", Values);
}
