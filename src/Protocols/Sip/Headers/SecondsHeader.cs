using System.Globalization;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>A header that is a number of seconds: delta-seconds = 1*DIGIT.</summary>
public abstract class SecondsHeader
{
    private protected SecondsHeader(int seconds) => Seconds = seconds;

    /// <summary>Seconds, 0 to 2147483647.</summary>
    public int Seconds { get; }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
