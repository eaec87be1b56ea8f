using System.Globalization;

namespace OmaIm.Protocols.Sip.Headers;

public abstract class SecondsHeader(int seconds)
{
    public int Seconds { get; } = seconds;
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
