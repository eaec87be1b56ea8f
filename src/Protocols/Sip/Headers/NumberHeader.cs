using System.Globalization;

namespace OmaIm.Protocols.Sip.Headers;

public abstract class NumberHeader(int value)
{
    public int Value { get; } = value;
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
