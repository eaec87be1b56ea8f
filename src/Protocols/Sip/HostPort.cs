using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>hostport = host [ ":" port ] ; host = hostname / IPv4address / IPv6reference (RFC 3261 section 25.1, RFC 5118).</summary>
internal static class HostPort
{
    /// <summary>Reads the whole text. The host comes back in lower case, an IPv6 address with its brackets.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out string host, out int? port)
    {
        host = "";
        port = null;
        var hostLength = HostLength(text);
        if (hostLength <= 0 || !IsHost(text[..hostLength]))
        {
            return false;
        }

        host = Encoding.ASCII.GetString(text[..hostLength]).ToLowerInvariant();
        if (hostLength == text.Length)
        {
            return true;
        }

        if (text[hostLength] != ':' || !Digits.TryParse(text[(hostLength + 1)..], ushort.MaxValue, out var number))
        {
            return false;
        }

        port = (int)number;
        return true;
    }

    /// <summary>Where the host ends: behind the bracket, otherwise at colon, semicolon, comma or space, or with the text.</summary>
    public static int HostLength(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] == '[')
        {
            return text.IndexOf((byte)']') + 1;
        }

        var end = text.IndexOfAny(": \t;,"u8);
        return end < 0 ? text.Length : end;
    }

    public static bool IsHost(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty)
        {
            return false;
        }

        return host[0] == '[' ? IsIPv6(host[1..^1]) : IsIPv4(host) || IsHostname(host);
    }

    /// <summary>hostname = *( domainlabel "." ) toplabel [ "." ]; "_" is let pass inside labels, container networks use it.</summary>
    private static bool IsHostname(ReadOnlySpan<byte> host)
    {
        const int MaximumLength = 255; // RFC 1035 section 2.3.4
        if (host.Length > MaximumLength)
        {
            return false;
        }

        var name = host[^1] == '.' ? host[..^1] : host;
        ReadOnlySpan<byte> label = default;
        foreach (var range in name.Split((byte)'.'))
        {
            label = name[range];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var octet in label)
            {
                if (!Grammar.Alphanum.Contains(octet) && octet is not ((byte)'-' or (byte)'_'))
                {
                    return false;
                }
            }
        }

        // toplabel starts with a letter: "127.1" and "0x7f000001" are no names that a resolver may turn into addresses.
        return !label.IsEmpty && char.IsAsciiLetter((char)label[0]);
    }

    /// <summary>IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT, each at most 255.</summary>
    private static bool IsIPv4(ReadOnlySpan<byte> host)
    {
        var parts = 0;
        foreach (var range in host.Split((byte)'.'))
        {
            var part = host[range];
            if (part.Length > 3 || !Digits.TryParse(part, byte.MaxValue, out _))
            {
                return false;
            }

            parts++;
        }

        return parts == 4;
    }

    /// <summary>IPv6address (RFC 3986 section 3.2.2 with RFC 5954): eight groups, "::" once at most, IPv4 at the end allowed.</summary>
    private static bool IsIPv6(ReadOnlySpan<byte> address)
    {
        var compressed = address.IndexOf("::"u8);
        if (compressed < 0)
        {
            return CountGroups(address) == 8;
        }

        var before = address[..compressed];
        var after = address[(compressed + 2)..];
        var groupsBefore = before.IsEmpty ? 0 : CountGroups(before, mayEndInIPv4: false);
        var groupsAfter = after.IsEmpty ? 0 : CountGroups(after);
        return groupsBefore >= 0 && groupsAfter >= 0 && groupsBefore + groupsAfter <= 7;
    }

    /// <summary>The number of 16-bit groups, or -1.</summary>
    private static int CountGroups(ReadOnlySpan<byte> text, bool mayEndInIPv4 = true)
    {
        var groups = 0;
        foreach (var range in text.Split((byte)':'))
        {
            var group = text[range];
            if (range.End.Value == text.Length && mayEndInIPv4 && IsIPv4(group))
            {
                return groups + 2;
            }

            if (group.Length is 0 or > 4)
            {
                return -1;
            }

            foreach (var octet in group)
            {
                if (!char.IsAsciiHexDigit((char)octet))
                {
                    return -1;
                }
            }

            groups++;
        }

        return groups;
    }
}
