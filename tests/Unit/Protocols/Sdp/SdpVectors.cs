using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

internal static class SdpVectors
{
    /// <summary>RFC 4975 section 8 and RFC 7701 section 8, as a client would offer it to a room.</summary>
    public const string Offer = """
        v=0
        o=alice 2890844526 2890844527 IN IP4 alice.example.com
        s= -
        c=IN IP4 alice.example.com
        t=0 0
        m=message 7394 TCP/MSRP *
        a=accept-types:message/cpim text/plain text/html
        a=accept-wrapped-types:text/plain text/html *
        a=max-size:1048576
        a=path:msrp://alice.example.com:7394/2s93i93idj;tcp
        a=setup:actpass
        a=chatroom:nickname private-messages
        """;

    public static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(WireText.Lines(text), out var description));
        return description;
    }

    /// <summary>The offer with lines replaced or, by an empty replacement, removed.</summary>
    public static SessionDescription OfferWith(params (string Line, string Replacement)[] changes)
    {
        var text = Offer;
        foreach (var (line, replacement) in changes)
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
            text = replacement.Length == 0
                ? text.Replace(line + Environment.NewLine, "", StringComparison.Ordinal)
                : text.Replace(line, replacement, StringComparison.Ordinal);
        }

        return Parse(text);
    }

    /// <summary>The room's side of the negotiation.</summary>
    public static MsrpLocal Room { get; } = new()
    {
        Origin = new SdpOrigin("-", "4711", 1, "192.0.2.1"),
        RequiredTypes = ["message/cpim"],
        Media = new MsrpMedia
        {
            Host = "192.0.2.1",
            Port = 2855,
            Path = "msrp://192.0.2.1:2855/room1234;tcp",
            AcceptTypes = ["message/cpim"],
            AcceptWrappedTypes = ["*"],
            IsChatroom = true,
            ChatroomTokens = ["nickname", "private-messages"],
        },
    };
}
