using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

public sealed class SdpReaderTests
{
    [Fact]
    public void ReadsEveryFieldOfAnOffer()
    {
        var offer = SdpVectors.Parse(SdpVectors.Offer);

        Assert.Equal(new SdpOrigin("alice", "2890844526", 2890844527, "alice.example.com"), offer.Origin);
        Assert.Equal(("alice", "2890844526", "2890844527"), (offer.OriginUser, offer.SessionId, offer.SessionVersion));
        Assert.Equal(" -", offer.SessionName);
        Assert.Equal("alice.example.com", offer.ConnectionAddress);
        var media = Assert.Single(offer.Media);
        Assert.Equal(("message", 7394, "TCP/MSRP", "*"), (media.Media, media.Port, media.Protocol, media.Formats));
        Assert.Equal("msrp://alice.example.com:7394/2s93i93idj;tcp", media.Attribute("path"));
        Assert.Equal(6, media.Attributes.Count);
        Assert.Null(media.Attribute("PATH"));
    }

    [Fact]
    public void AttributesBelongToTheLevelWhereTheyStand()
    {
        var description = SdpVectors.Parse("""
            v=0
            o=- 1 1 IN IP6 2001:db8::1
            s=-
            c=IN IP6 2001:db8::1
            t=0 0
            a=recvonly
            a=group:X 1
            m=audio 49170/2 RTP/AVP 0 8 97
            c=IN IP4 224.2.1.1/127/3
            c=IN IP4 224.2.1.4/127
            a=rtpmap:97 iLBC/8000
            m=message 0 TCP/MSRP *
            a=sendonly
            """);

        Assert.Equal("2001:db8::1", description.ConnectionAddress);
        Assert.Equal("", description.Attribute("recvonly"));
        Assert.Equal("X 1", description.Attribute("group"));
        Assert.Null(description.Attribute("sendonly"));
        Assert.Equal((49170, "0 8 97", "224.2.1.1"), (description.Media[0].Port, description.Media[0].Formats, description.Media[0].ConnectionAddress));
        Assert.Equal(0, description.Media[1].Port);
        Assert.Null(description.Media[1].ConnectionAddress);
        Assert.Null(description.Media[1].Attribute("rtpmap"));
    }

    [Theory]
    [InlineData("no session name, no time", "v=0\r\no=- 1 1 IN IP4 h\r\n")]
    [InlineData("LF line ends", "v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\n")]
    [InlineData("no line end behind the last line", "v=0\r\no=- 1 1 IN IP4 h\r\ns=-")]
    [InlineData("empty lines at the end", "v=0\r\no=- 1 1 IN IP4 h\r\n\r\n\r\n")]
    [InlineData("lines that are not needed", "v=0\r\no=- 1 1 IN IP4 h\r\ni=x\r\nu=http://x\r\nb=AS:64\r\nk=prompt\r\ny=future\r\n")]
    [InlineData("an empty session name", "v=0\r\no=- 1 1 IN IP4 h\r\ns=\r\n")]
    [InlineData("a session name with UTF-8 and TAB", "v=0\r\no=- 1 1 IN IP4 h\r\ns=Grüße\tan alle\r\n")]
    [InlineData("the largest version", "v=0\r\no=- 1 9223372036854775807 IN IP4 h\r\n")]
    [InlineData("a session id that is no number", "v=0\r\no=- abc 1 IN IP4 h\r\n")]
    public void TolerantReading(string name, string text) =>
        Assert.True(SessionDescription.TryParse(WireText.Crlf(text), out _), name);

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("version missing", "o=- 1 1 IN IP4 h\r\n")]
    [InlineData("another version", "v=1\r\no=- 1 1 IN IP4 h\r\n")]
    [InlineData("version twice", "v=0\r\nv=0\r\no=- 1 1 IN IP4 h\r\n")]
    [InlineData("version not first", "s=-\r\nv=0\r\no=- 1 1 IN IP4 h\r\n")]
    [InlineData("origin missing", "v=0\r\ns=-\r\n")]
    [InlineData("origin twice", "v=0\r\no=- 1 1 IN IP4 h\r\no=- 1 1 IN IP4 h\r\n")]
    [InlineData("origin short", "v=0\r\no=- 1 1 IN IP4\r\n")]
    [InlineData("origin long", "v=0\r\no=- 1 1 IN IP4 h x\r\n")]
    [InlineData("origin without user", "v=0\r\no= 1 1 IN IP4 h\r\n")]
    [InlineData("version signed", "v=0\r\no=- 1 -1 IN IP4 h\r\n")]
    [InlineData("version overflows", "v=0\r\no=- 1 9223372036854775808 IN IP4 h\r\n")]
    [InlineData("network not IN", "v=0\r\no=- 1 1 XX IP4 h\r\n")]
    [InlineData("address type unknown", "v=0\r\no=- 1 1 IN IP5 h\r\n")]
    [InlineData("session name twice", "v=0\r\no=- 1 1 IN IP4 h\r\ns=a\r\ns=b\r\n")]
    [InlineData("connection empty", "v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 \r\n")]
    [InlineData("connection with two addresses", "v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 a b\r\n")]
    [InlineData("space before the equals sign", "v=0\r\no=- 1 1 IN IP4 h\r\ns =-\r\n")]
    [InlineData("upper case type", "v=0\r\no=- 1 1 IN IP4 h\r\nM=x 1 y z\r\n")]
    [InlineData("no equals sign", "v=0\r\no=- 1 1 IN IP4 h\r\nm\r\n")]
    [InlineData("empty line in the middle", "v=0\r\no=- 1 1 IN IP4 h\r\n\r\nm=message 1 TCP/MSRP *\r\n")]
    [InlineData("NUL", "v=0\r\no=- 1 1 IN IP4 h\r\ns=a\0b\r\n")]
    [InlineData("CR alone", "v=0\r\no=- 1 1 IN IP4 h\r\ns=a\ra=sendonly\r\n")]
    [InlineData("port 65536", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message 65536 TCP/MSRP *\r\n")]
    [InlineData("port negative", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message -1 TCP/MSRP *\r\n")]
    [InlineData("port with plus", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message +1 TCP/MSRP *\r\n")]
    [InlineData("port empty", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message  TCP/MSRP *\r\n")]
    [InlineData("port in other digits", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message ٥ TCP/MSRP *\r\n")]
    [InlineData("no format", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message 1 TCP/MSRP\r\n")]
    [InlineData("blank format", "v=0\r\no=- 1 1 IN IP4 h\r\nm=message 1 TCP/MSRP  \r\n")]
    [InlineData("attribute without name", "v=0\r\no=- 1 1 IN IP4 h\r\na=:x\r\n")]
    [InlineData("attribute name with a space", "v=0\r\no=- 1 1 IN IP4 h\r\na=max size:1\r\n")]
    public void Refused(string name, string text) =>
        Assert.False(SessionDescription.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _), name);

    [Fact]
    public void InvalidUtf8IsRefused() =>
        Assert.False(SessionDescription.TryParse([.. "v=0\r\no=- 1 1 IN IP4 h\r\ns="u8, 0xC3, 0x28, .. "\r\n"u8], out _));

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    [InlineData(1000, false)]
    public void SixteenMediaLinesAreTheLimit(int count, bool isAccepted)
    {
        var lines = string.Concat(Enumerable.Repeat("m=message 1 TCP/MSRP *\r\n", count));
        Assert.Equal(isAccepted, SessionDescription.TryParse(WireText.Crlf("v=0\r\no=- 1 1 IN IP4 h\r\n" + lines), out _));
    }

    [Theory]
    [InlineData("", 64, true)]
    [InlineData("", 65, false)]
    [InlineData("a=s\r\nm=message 1 TCP/MSRP *\r\n", 64, true)]
    [InlineData("a=s\r\nm=message 1 TCP/MSRP *\r\n", 65, false)]
    public void SixtyFourAttributesAreTheLimitOfEachLevel(string before, int count, bool isAccepted)
    {
        var text = "v=0\r\no=- 1 1 IN IP4 h\r\n" + before + string.Concat(Enumerable.Repeat("a=x:y\r\n", count));
        Assert.Equal(isAccepted, SessionDescription.TryParse(WireText.Crlf(text), out _));
    }

    [Fact]
    public void SixtyFourKibibytesAreTheLimit()
    {
        const string Head = "v=0\r\no=- 1 1 IN IP4 h\r\ns=";
        Assert.True(SessionDescription.TryParse(WireText.Crlf(Head + new string('x', 65536 - Head.Length)), out _));
        Assert.False(SessionDescription.TryParse(WireText.Crlf(Head + new string('x', 65537 - Head.Length)), out _));
    }

    /// <summary>A description has no end of its own, so a cut one may read well; it must then be what stands before the cut.</summary>
    [Fact]
    public void EveryPrefixIsReadForWhatItIsOrRefused()
    {
        var whole = WireText.Lines(SdpVectors.Offer);
        for (var length = 0; length < whole.Length; length++)
        {
            if (SessionDescription.TryParse(whole.AsSpan(0, length), out var description))
            {
                Assert.True(description.Media.Count <= 1);
                Assert.All(description.Media, media => Assert.True(media.Attributes.Count <= 6));
                Assert.StartsWith("o=alice", WireText.Text(whole.AsSpan(5, length - 5)), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void WhateverIsAcceptedIsWrittenAndReadAgainTheSame()
    {
        foreach (var input in WireText.Mutations(WireText.Lines(SdpVectors.Offer)))
        {
            if (SessionDescription.TryParse(input, out var first))
            {
                var written = first.ToBytes();
                Assert.True(SessionDescription.TryParse(written, out var second), WireText.Text(written));
                Assert.Equal(WireText.Text(written), WireText.Text(second.ToBytes()));
            }
        }
    }
}
