using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Imdn;

[Trait("Section", "RFC 5438 6")]
public sealed class ImdnHeadersTests
{
    private const string Addresses = "From: <sip:alice@localhost>\r\nTo: <sip:bob@localhost>\r\n";

    private static ImdnHeaders Read(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes($"{Addresses}{lines.ReplaceLineEndings("\r\n")}\r\n\r\nContent-Type: text/plain\r\n\r\nhi");
        Assert.True(CpimMessage.TryParse(bytes, out var message));
        return ImdnHeaders.Of(message);
    }

    [Fact]
    public void AllOfThemAreRead()
    {
        var headers = Read("""
            NS: imdn <urn:ietf:params:imdn>
            imdn.Message-ID: 34jk324j
            imdn.Disposition-Notification: positive-delivery, Negative-Delivery ,processing;x=1,display, later
            imdn.Original-To: "Bob, the other" <im:bob@example.com>
            imdn.IMDN-Record-Route: <sip:a@x>
            imdn.IMDN-Record-Route: <sip:b@x>
            imdn.IMDN-Route: <sip:c@x>
            """);
        Assert.Equal("34jk324j", headers.MessageId);
        Assert.Equal(ImdnRequests.PositiveDelivery | ImdnRequests.NegativeDelivery | ImdnRequests.Processing | ImdnRequests.Display, headers.Requests);
        Assert.Equal("im:bob@example.com", headers.OriginalTo);
        Assert.Equal(["sip:a@x", "sip:b@x"], headers.RecordRoutes);
        Assert.Equal(["sip:c@x"], headers.Routes);
    }

    [Theory]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: m", "m")]
    [InlineData("NS: receipts <urn:ietf:params:imdn>\nreceipts.Message-ID: m", "m")]
    [InlineData("imdn.Message-ID: m", "m")] // some clients leave NS out
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nNS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: m", "m")] // rcsjta repeats it
    [InlineData("NS: a <urn:x>\nimdn.Message-ID: m", "m")]
    [InlineData("NS: imdn <urn:x>\nimdn.Message-ID: m", null)] // somebody else's prefix
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nimdn.message-id: m", null)] // names are case-sensitive (RFC 3862 section 3.1)
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nMessage-ID: m", null)]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: ", null)]
    [InlineData("imdn.Message-ID: a\\u0007", null)] // no token, and breaks what it is written into
    [InlineData("imdn.Message-ID: \\ud83d\\ude00", null)]
    [InlineData("imdn.Message-ID: a\\uFFFE", null)] // XML has no way to write it
    [InlineData("imdn.Message-ID: a\\ud800", "a\\ud800")] // stays the text that it is
    public void ThePrefixIsWhatNsSays(string lines, string? expected) => Assert.Equal(expected, Read(lines).MessageId);

    [Theory]
    [InlineData("<sip:a@x>", "sip:a@x")]
    [InlineData("<sip:a\\u0001@x>", null)]
    [InlineData("<sip:a\\uFFFE@x>", null)]
    [InlineData("<sip:a@x> <sip:b c@x>", null)]
    public void WhatNoReceiptCouldCarryIsNoOriginalTo(string value, string? expected) => Assert.Equal(expected, Read("imdn.Original-To: " + value).OriginalTo);

    [Theory]
    [InlineData("", ImdnRequests.None)]
    [InlineData(",, ,", ImdnRequests.None)]
    [InlineData("delivery", ImdnRequests.None)]
    [InlineData("display;a=b;c", ImdnRequests.Display)]
    [InlineData("display, display", ImdnRequests.Display)]
    public void RequestsAreWords(string value, ImdnRequests expected) => Assert.Equal(expected, Read("imdn.Disposition-Notification: " + value).Requests);

    [Fact]
    public void LengthsAndCountsHaveLimits()
    {
        Assert.NotNull(Read("imdn.Message-ID: " + new string('a', ImdnDocument.MaximumIdLength)).MessageId);
        Assert.Null(Read("imdn.Message-ID: " + new string('a', ImdnDocument.MaximumIdLength + 1)).MessageId);
        Assert.Equal(16, Read(string.Join('\n', Enumerable.Repeat("imdn.IMDN-Record-Route: <sip:a@x>", 30))).RecordRoutes.Count);
        Assert.Empty(Read("imdn.IMDN-Record-Route: <sip:a b@x>\nimdn.IMDN-Record-Route: sip:a@x\nimdn.IMDN-Record-Route: <>").RecordRoutes);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var random = new Random(5438);
        for (var i = 0; i < 200; i++)
        {
            var headers = new ImdnHeaders
            {
                MessageId = random.Next(4) == 0 ? null : "m" + random.Next(),
                Requests = (ImdnRequests)random.Next(16),
                OriginalTo = random.Next(2) == 0 ? null : "sip:bob@localhost;x=%20",
                RecordRoutes = [.. Enumerable.Range(0, random.Next(3)).Select(n => $"sip:r{n}@x")],
                Routes = [.. Enumerable.Range(0, random.Next(3)).Select(n => $"sip:s{n}@x")],
            };
            var bytes = CpimWriter.Wrap("sip:alice@localhost", "A", "sip:bob@localhost", DateTimeOffset.UnixEpoch, "text/plain", "hi"u8, headers.ToCpim());
            Assert.True(CpimMessage.TryParse(bytes, out var message));
            var read = ImdnHeaders.Of(message);
            Assert.Equal((headers.MessageId, headers.Requests, headers.OriginalTo), (read.MessageId, read.Requests, read.OriginalTo));
            Assert.Equal(headers.RecordRoutes, read.RecordRoutes);
            Assert.Equal(headers.Routes, read.Routes);
        }

        Assert.Empty(new ImdnHeaders().ToCpim());
    }

    [Fact]
    public void TheContentMayHaveADisposition()
    {
        var bytes = CpimWriter.Wrap(
            "sip:a@x", null, "sip:b@x", DateTimeOffset.UnixEpoch, ImdnDocument.ContentType, "x"u8, contentHeaders: [new("Content-Disposition", ImdnBody.Disposition)]);
        Assert.EndsWith("Content-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\nx", WireText.Text(bytes), StringComparison.Ordinal);
    }
}
