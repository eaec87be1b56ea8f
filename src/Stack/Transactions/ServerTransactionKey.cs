using System.Globalization;
using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 section 17.2.3: the branch and sent-by of the top Via, and the method; ACK and CANCEL look for that of their INVITE.</summary>
internal readonly record struct ServerTransactionKey(string Branch, string SentBy, SipMethod Method)
{
    private const string MagicCookie = "z9hG4bK";

    public static ServerTransactionKey Of(SipMessage request, SipMethod method)
    {
        var via = request.Via!;
        var sentBy = string.Create(CultureInfo.InvariantCulture, $"{via.Host.ToLowerInvariant()}:{via.Port ?? 5060}");

        // A branch that is nothing but the cookie distinguishes nothing (RFC 4475 section 3.2.1).
        return via.Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase)
            ? new ServerTransactionKey(branch, sentBy, method)
            : new ServerTransactionKey(Rfc2543Identity(request), sentBy, method);
    }

    /// <summary>
    /// What identifies a request of an RFC 2543 client: Request-URI, From tag, Call-ID, CSeq number and the whole top Via. The To tag is
    /// left out, for that of an ACK differs from that of its INVITE. A space keeps it apart from every branch.
    /// </summary>
    private static string Rfc2543Identity(SipMessage request) => string.Create(
        CultureInfo.InvariantCulture,
        $"2543 {request.RequestUri} {request.From!.Tag} {request.CallId!.Value} {request.CSeq!.Number} {request.Via}");
}
