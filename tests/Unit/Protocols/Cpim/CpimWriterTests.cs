using System.Buffers;
using OmaIm.Protocols.Cpim;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Cpim;

public sealed class CpimWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, 7, TimeSpan.FromHours(2));

    private static byte[] Wrap(
        string fromUri = "sip:alice@example.com",
        string? fromName = null,
        string toUri = "sip:lobby@rooms.example.com",
        string contentType = "text/plain",
        params CpimHeader[] extra) =>
        CpimWriter.Wrap(fromUri, fromName, toUri, Time, contentType, "hi"u8, extra);

    [Fact]
    public void WritesCanonicalNamesAndCrlf() =>
        Assert.Equal(
            WireText.Text(WireText.Crlf("""
                From: "Alice \"A\"" <sip:alice@example.com>
                To: <sip:lobby@rooms.example.com>
                DateTime: 2026-01-31T10:00:00.007Z
                NS: imdn <urn:ietf:params:imdn>
                imdn.Message-ID: 1
                Subject:;lang=en two\r\nlines

                Content-Type: text/plain

                hi
                """)),
            WireText.Text(Wrap(fromName: "Alice \"A\"", extra:
            [
                new CpimHeader("NS", "imdn <urn:ietf:params:imdn>"),
                new CpimHeader("imdn.Message-ID", "1"),
                new CpimHeader("Subject", "two\r\nlines", ";lang=en"),
            ])));

    [Theory]
    [InlineData("Alice")]
    [InlineData("a\"b\\c<d>")]
    [InlineData("line\r\nFrom: <sip:victim@x>")]
    [InlineData("\0\u0001\u001b\u007f\b\t")]
    [InlineData("Привет 👋")]
    [InlineData("")]
    public void NamesAndSubjectsComeBackAsTheyWere(string text)
    {
        Assert.True(CpimMessage.TryParse(Wrap(fromName: text, extra: new CpimHeader("Subject", text)), out var message));
        Assert.Equal(text, message.From!.Name);
        Assert.Equal(text.Trim(' '), message.Subject);
        Assert.Equal(Time, message.DateTime);
        Assert.Equal("hi", WireText.Text(message.Content.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:a@x\r\nFrom: <sip:v@x>")]
    [InlineData("sip:a@x>")]
    [InlineData("<sip:a@x")]
    [InlineData("sip:a b@x")]
    [InlineData("sip:a\u0085@x")]
    public void UrisThatWouldBreakTheLineAreRefused(string uri)
    {
        Assert.Throws<ArgumentException>(() => Wrap(fromUri: uri));
        Assert.Throws<ArgumentException>(() => Wrap(toUri: uri));
    }

    [Theory]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain\n")]
    [InlineData("text/\0plain")]
    public void ContentTypesThatWouldBreakTheLineAreRefused(string contentType) =>
        Assert.Throws<ArgumentException>(() => Wrap(contentType: contentType));

    [Theory]
    [InlineData("From", "<sip:v@x>", "")]
    [InlineData("To", "<sip:v@x>", "")]
    [InlineData("DateTime", "2026-01-31T10:00:00Z", "")]
    [InlineData("from", "<sip:v@x>", "")]
    [InlineData("", "x", "")]
    [InlineData("X Y", "x", "")]
    [InlineData("X:Y", "x", "")]
    [InlineData("X\r\nFrom", "x", "")]
    [InlineData("X", "x", ";a=b\r\nFrom: <sip:v@x>")]
    [InlineData("X", "x", ";a=\"b")]
    [InlineData("X", "x", " y")]
    [InlineData("X", "x", "y")]
    [InlineData("NS", "x <urn:y>\r\nFrom: <sip:v@x>", "")]
    [InlineData("NS", "x <urn:ietf:params:cpim-headers:>", "")]
    [InlineData("cc", "<sip:a@x> <sip:b@x>", "")]
    [InlineData("cc", "<sip:a@x>\r\nFrom: <sip:v@x>", "")]
    public void HeadersThatWouldBecomeOthersAreRefused(string name, string value, string parameters) =>
        Assert.Throws<ArgumentException>(() => Wrap(extra: new CpimHeader(name, value, parameters)));

    [Fact]
    public void HeadersThatWereReadMayBeWrittenAgain()
    {
        Assert.True(CpimMessage.TryParse(CpimVectors.Full, out var first));
        var again = Wrap(extra: [.. first.Headers.Where(header => header.Name is not ("From" or "To" or "DateTime"))]);
        Assert.True(CpimMessage.TryParse(again, out var second));
        Assert.Equal(first.Headers.Skip(4), second.Headers.Skip(4));
        Assert.Equal(first.Cc, second.Cc);
    }

    [Fact]
    public void BothWaysOfWritingGiveTheSameBytes()
    {
        var output = new ArrayBufferWriter<byte>();
        CpimWriter.Write(output, "sip:a@x", "A", "sip:b@x", Time, "text/plain", "hi"u8);
        Assert.Equal(CpimWriter.Wrap("sip:a@x", "A", "sip:b@x", Time, "text/plain", "hi"u8), output.WrittenSpan.ToArray());
    }
}
