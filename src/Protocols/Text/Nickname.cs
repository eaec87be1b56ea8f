namespace OmaIm.Protocols.Text;

/// <summary>The Nickname profile of PRECIS (RFC 8266).</summary>
public static class Nickname
{
    /// <summary>Longest nickname in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>The key by which nicknames are compared (RFC 8266 section 2.4), or null when it is no proper nickname.</summary>
    public static string? Prepare(string nickname) => throw new NotSupportedException();

    /// <summary>The nickname as it is shown (RFC 8266 section 2.3): spaces trimmed and collapsed, case kept; or null when it is no proper nickname.</summary>
    public static string? Enforce(string nickname) => throw new NotSupportedException();
}
