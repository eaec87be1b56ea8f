using System.Globalization;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>A header that is one number: 1*DIGIT.</summary>
public abstract class NumberHeader
{
    private protected NumberHeader(int value) => Value = value;

    /// <summary>The number.</summary>
    public int Value { get; }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
