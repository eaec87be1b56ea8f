using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>token *( SEMI generic-param ): the shape of Event, Content-Disposition, Subscription-State and others.</summary>
internal static class ParameterizedToken
{
    public static bool TryParse(ReadOnlySpan<byte> value, out string token, out SipParameters parameters)
    {
        token = "";
        parameters = SipParameters.Empty;
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out var text))
        {
            return false;
        }

        token = Encoding.ASCII.GetString(text);
        return SipParameters.TryParse(ref scanner, out parameters);
    }
}
