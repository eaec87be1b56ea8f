using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Status = "Status:" SP namespace SP status-code [SP text-reason] ; namespace = 3DIGIT, "000" (RFC 4975 sections 7.1.2 and 9).</summary>
[Header(HeaderProtocol.Msrp, "Status")]
public readonly record struct StatusHeader(int Namespace, int Code)
{
    /// <summary>Reads the value, leaving the comment alone; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out StatusHeader header)
    {
        const int DigitsLength = 3;
        header = default;
        if (value.Length < 7 || value[DigitsLength] != ' ' || (value.Length > 7 && value[7] != ' ')
            || !Digits.TryParse(value[..DigitsLength], out var space) || !Digits.TryParse(value[4..7], out var code))
        {
            return false;
        }

        header = new StatusHeader((int)space, (int)code);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Namespace:000} {Code:000}");
}
