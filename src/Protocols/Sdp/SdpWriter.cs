using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>Writes session descriptions in the line order of RFC 8866 section 9.</summary>
internal sealed class SdpWriter
{
    private readonly StringBuilder _text = new();

    public static byte[] Write(SessionDescription description)
    {
        var writer = new SdpWriter();
        var origin = description.Origin;
        writer.Line($"v=0");
        writer.Line($"o={Field(origin.User)} {Field(origin.SessionId)} {origin.Version} {Address(origin.Address)}");
        writer.Line($"s={Value(description.SessionName)}");
        if (description.ConnectionAddress is { } address)
        {
            writer.Line($"c={Address(address)}");
        }

        writer.Line($"t=0 0");
        writer.Attributes(description.Attributes);
        foreach (var media in description.Media)
        {
            writer.Section(media);
        }

        return Encoding.UTF8.GetBytes(writer._text.ToString());
    }

    private void Section(MediaDescription media)
    {
        if (media.Port is < 0 or > 65535)
        {
            throw new ArgumentException($"The port {media.Port} is not between 0 and 65535.");
        }

        Line($"m={Field(media.Media)} {media.Port} {Field(media.Protocol)} {Value(media.Formats)}");
        if (media.Information is { Length: > 0 } information)
        {
            Line($"i={Value(information)}");
        }

        if (media.ConnectionAddress is { } address)
        {
            Line($"c={Address(address)}");
        }

        Attributes(media.Attributes);
    }

    private void Attributes(IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name.Contains(':', StringComparison.Ordinal))
            {
                throw new ArgumentException("An attribute name has no colon: " + attribute.Name);
            }

            if (attribute.Value is null)
            {
                Line($"a={Field(attribute.Name)}");
            }
            else
            {
                Line($"a={Field(attribute.Name)}:{Value(attribute.Value)}");
            }
        }
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\r\n");

    // A host name goes under IP4 (RFC 8866 section 5.7: an FQDN may stand for the address of either type).
    private static string Address(string address)
    {
        var type = IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        return $"IN {type} {Field(address)}";
    }

    /// <summary>A value that ends with the line: no control character but TAB may stand in it.</summary>
    private static string Value(string value) =>
        value.Any(character => character is (< ' ' and not '\t') or '\u007f')
            ? throw new ArgumentException("A control character in a value of a session description.")
            : value;

    /// <summary>A value that ends with a space: not empty, and no space in it either.</summary>
    private static string Field(string value) =>
        value.Length == 0 || value.Contains(' ', StringComparison.Ordinal)
            ? throw new ArgumentException("An empty field or a space in a field of a session description.")
            : Value(value);
}
