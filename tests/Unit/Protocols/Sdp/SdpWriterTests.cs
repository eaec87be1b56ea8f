using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

public sealed class SdpWriterTests
{
    private static readonly SessionDescription Plain = new() { Origin = new SdpOrigin("-", "1", 2, "192.0.2.1") };
    private static readonly MediaDescription Message = new() { Media = "message", Port = 1, Protocol = "TCP/MSRP", Formats = "*" };

    [Fact]
    public void WritesTheLinesInTheOrderOfTheGrammar()
    {
        var description = new SessionDescription
        {
            Origin = new SdpOrigin("-", "4711", 3, "2001:db8::1"),
            SessionName = "Lobby",
            ConnectionAddress = "2001:db8::1",
            Attributes = [new("group", "X")],
            Media = [Message with { ConnectionAddress = "chat.example.com", Attributes = [new("path", "msrp://x:1/a;tcp"), new("chatroom")] }],
        };

        Assert.Equal(
            WireText.Text(WireText.Lines("""
                v=0
                o=- 4711 3 IN IP6 2001:db8::1
                s=Lobby
                c=IN IP6 2001:db8::1
                t=0 0
                a=group:X
                m=message 1 TCP/MSRP *
                c=IN IP4 chat.example.com
                a=path:msrp://x:1/a;tcp
                a=chatroom
                """)),
            WireText.Text(description.ToBytes()));
    }

    public static TheoryData<string, SessionDescription> Injections => new()
    {
        { "line break in the user", Plain with { Origin = Plain.Origin with { User = "a\r\nm=message" } } },
        { "space in the user", Plain with { Origin = Plain.Origin with { User = "a b" } } },
        { "empty session id", Plain with { Origin = Plain.Origin with { SessionId = "" } } },
        { "line break in the origin address", Plain with { Origin = Plain.Origin with { Address = "h\n" } } },
        { "line break in the name", Plain with { SessionName = "a\nb" } },
        { "NUL in the name", Plain with { SessionName = "a\0b" } },
        { "escape in the name", Plain with { SessionName = "a\u001bb" } },
        { "line break in the connection", Plain with { ConnectionAddress = "h\r\na=x" } },
        { "line break in an attribute value", Plain with { Attributes = [new("x", "y\r\na=z")] } },
        { "line break in an attribute name", Plain with { Attributes = [new("x\r\na")] } },
        { "colon in an attribute name", Plain with { Attributes = [new("x:y", "z")] } },
        { "line break in the media type", Plain with { Media = [Message with { Media = "m\n" }] } },
        { "space in the protocol", Plain with { Media = [Message with { Protocol = "TCP MSRP" }] } },
        { "line break in the formats", Plain with { Media = [Message with { Formats = "*\r\n" }] } },
        { "port 65536", Plain with { Media = [Message with { Port = 65536 }] } },
        { "port below zero", Plain with { Media = [Message with { Port = -1 }] } },
    };

    [Theory]
    [MemberData(nameof(Injections))]
    public void ValuesThatWouldChangeTheLinesAreRefused(string name, SessionDescription description)
    {
        Assert.NotEmpty(name);
        Assert.Throws<ArgumentException>(description.ToBytes);
    }

    [Fact]
    public void ANewOriginIsNumericAndNeverTheSame()
    {
        var origins = Enumerable.Range(0, 100).Select(_ => SdpOrigin.Create("192.0.2.1")).ToList();
        Assert.Equal(100, origins.Select(origin => origin.SessionId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(origins, origin => Assert.True(long.Parse(origin.SessionId, System.Globalization.CultureInfo.InvariantCulture) >= 0));
        Assert.All(origins, origin => Assert.Equal(("-", 1L, "192.0.2.1"), (origin.User, origin.Version, origin.Address)));
    }
}
