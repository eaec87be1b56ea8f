using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// delta-seconds = 1*DIGIT, 0 to 2^32-1 (RFC 3261 section 20.19). What exceeds an int, 68 years, reads as the greatest int;
/// what exceeds 2^32-1 is malformed.
/// </summary>
internal static class DeltaSeconds
{
    public static bool TryParse(ReadOnlySpan<byte> text, out int seconds)
    {
        var isRight = Digits.TryParse(text, uint.MaxValue, out var number);
        seconds = (int)Math.Min(number, int.MaxValue);
        return isRight;
    }

    /// <summary>Reads an optional parameter: true when it is absent or right.</summary>
    public static bool TryRead(SipParameters parameters, string name, out int? seconds)
    {
        seconds = null;
        if (!parameters.Contains(name))
        {
            return true;
        }

        var isRight = TryParse(Encoding.UTF8.GetBytes(parameters[name] ?? ""), out var number);
        seconds = isRight ? number : null;
        return isRight;
    }
}
