using System.Globalization;
using System.Net;

namespace OmaIm.Tests.Support.Wire;

/// <summary>SDP of an MSRP session, spelled line by line (RFC 4566, RFC 4975 section 8).</summary>
public static class SdpText
{
    /// <summary>An offer or answer with these media lines behind the session's own.</summary>
    public static string Session(string address, params string[] lines) =>
        $"v=0\r\no=- 3900000001 3900000001 IN {(address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4")} {address}\r\ns=-\r\n"
        + $"c=IN {(address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4")} {address}\r\nt=0 0\r\n" + string.Concat(lines.Select(static line => line + "\r\n"));

    /// <summary>An MSRP session that takes CPIM, with anything in it, as most clients offer it.</summary>
    public static string Msrp(string path, string? setup = "active", params string[] lines) => Session("127.0.0.1",
    [
        $"m=message {Port(path)} TCP/MSRP *",
        "a=accept-types:message/cpim text/plain",
        "a=accept-wrapped-types:*",
        .. setup is null ? Array.Empty<string>() : ["a=setup:" + setup],
        "a=path:" + path,
        .. lines,
    ]);

    /// <summary>The value of the first attribute of that name; "" when it is absent.</summary>
    public static string Attribute(string sdp, string name) => Attributes(sdp, name).FirstOrDefault("");

    public static IEnumerable<string> Attributes(string sdp, string name) => sdp.Split("\r\n")
        .Where(line => line.StartsWith($"a={name}:", StringComparison.Ordinal)).Select(line => line[(name.Length + 3)..]);

    /// <summary>Where the first URI of the path attribute lies.</summary>
    public static IPEndPoint Hop(string sdp) => IPEndPoint.Parse(Attribute(sdp, "path").Split("://")[1].Split('/')[0]);

    /// <summary>A path of its own, at the port nine of those who only connect (RFC 4145 section 4.1) unless another is given.</summary>
    public static string Path(int port = 9, string host = "127.0.0.1") =>
        string.Create(CultureInfo.InvariantCulture, $"msrp://{host}:{port}/{WireUser.NewId()};tcp");

    private static string Port(string path) => path.Split("://")[1].Split('/')[0].Split(':')[^1];
}
