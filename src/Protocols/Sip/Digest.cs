namespace OmaIm.Protocols.Sip;

public static class Digest
{
    /// <summary>H(user:realm:password), hex.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string user, string realm, string password) => throw new NotImplementedException();
    public static string Response(DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string? nc, string? cnonce, string? qop) => throw new NotImplementedException();
    public static string Response(DigestAlgorithm algorithm, string user, string realm, string password, string method, string uri, string nonce, string? nc, string? cnonce, string? qop) => throw new NotImplementedException();
    /// <summary>Compares two hex responses in constant time, case-insensitively.</summary>
    public static bool FixedTimeEquals(string expected, string received) => throw new NotImplementedException();
}
