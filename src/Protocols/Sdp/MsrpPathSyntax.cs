namespace OmaIm.Protocols.Sdp;

/// <summary>
/// As much of a=path as the negotiation needs (RFC 4975 section 9: path-value = MSRP-URI *(SP MSRP-URI)). URIs are compared
/// where they are used, by the MSRP part.
/// </summary>
internal static class MsrpPathSyntax
{
    /// <summary>Longest path: nobody strings more relays together, and the path is repeated in every frame.</summary>
    private const int MaximumLength = 1024;

    public static bool TryReadFirstHost(string path, out string host)
    {
        host = string.Empty;
        if (path.Length > MaximumLength)
        {
            return false;
        }

        var uris = path.Split(' ');
        for (var i = 0; i < uris.Length; i++)
        {
            if (!TryReadHost(uris[i], needsSessionId: i == uris.Length - 1, out var uriHost))
            {
                return false;
            }

            host = i == 0 ? uriHost : host;
        }

        return true;
    }

    // MSRP-URI = msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter )
    private static bool TryReadHost(string uri, bool needsSessionId, out string host)
    {
        host = string.Empty;
        if (uri.AsSpan().ContainsAnyExceptInRange('!', '~') || !TryCutScheme(uri, out var rest))
        {
            return false;
        }

        var transport = rest.IndexOf(';');
        var slash = rest.IndexOf('/');
        var hasSessionId = slash >= 0 && slash + 1 < transport;
        if (transport < 1 || transport == rest.Length - 1 || (needsSessionId && !hasSessionId))
        {
            return false;
        }

        var authority = rest[..(hasSessionId ? slash : transport)];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (authority is ['[', ..])
        {
            var end = authority.IndexOf(']');
            host = end > 1 ? authority[1..end].ToString() : string.Empty;
        }
        else
        {
            var colon = authority.IndexOf(':');
            host = (colon < 0 ? authority : authority[..colon]).ToString();
        }

        return host.Length > 0;
    }

    private static bool TryCutScheme(string uri, out ReadOnlySpan<char> rest)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["msrp://", "msrps://"])
        {
            if (uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                rest = uri.AsSpan(scheme.Length);
                return true;
            }
        }

        rest = default;
        return false;
    }
}
