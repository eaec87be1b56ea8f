using System.Globalization;
using System.Security.Cryptography;

namespace OmaIm.Protocols.Sdp;

/// <summary>The <c>o=</c> line (RFC 8866 section 5.2): who made the session and which version of it this is.</summary>
/// <param name="User">The user name, <c>-</c> when there is none.</param>
/// <param name="SessionId">Digits; together with user and address unique to the session.</param>
/// <param name="Version">Raised by one with each changed description (RFC 3264 section 8).</param>
/// <param name="Address">Host name or IP address of the maker.</param>
public sealed record SdpOrigin(string User, string SessionId, long Version, string Address)
{
    /// <summary>A new session: a random numeric session id of 62 bits, version 1.</summary>
    public static SdpOrigin Create(string address, string user = "-")
    {
        // Numeric and below 2^63: RFC 8866 says 1*DIGIT, and peers read it as a signed 64-bit number (RFC 3264 section 5).
        var random = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> 2;
        return new SdpOrigin(user, random.ToString(CultureInfo.InvariantCulture), 1, address);
    }
}
