using System.Security.Cryptography;
using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Stack.Transport;

/// <summary>
/// The To tag of an answer that no transaction remembers: computed from the request, so that its copies get the same, and under a secret, so that nobody
/// can foresee it (RFC 3261 sections 8.2.6.2 and 8.2.7).
/// </summary>
internal static class StatelessTag
{
    private const int Bytes = 8;
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Adds it to the response, unless To has one or cannot be read.</summary>
    public static void AddTo(SipMessage response, SipMessage request)
    {
        if (request.To is { Tag: null or "" } to)
        {
            var tagged = new ToHeader(to.Uri, to.Parameters.With("tag", Of(request)), to.DisplayName);
            response.Headers.Set(SipHeaderId.To, tagged.ToString());
        }
    }

    private static string Of(SipMessage request)
    {
        var identity = $"{request.Via?.Branch} {request.From?.Tag} {request.CallId?.Value} {request.CSeq?.Number}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(identity)).AsSpan(0, Bytes));
    }
}
