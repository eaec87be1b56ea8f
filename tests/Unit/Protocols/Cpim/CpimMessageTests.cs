using OmaIm.Protocols.Cpim;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Cpim;

public sealed class CpimMessageTests
{
    private static CpimMessage Parse(byte[] body)
    {
        Assert.True(CpimMessage.TryParse(body, out var message));
        return message;
    }

    [Fact]
    public void ReadsEveryHeader()
    {
        var message = Parse(CpimVectors.Full);

        Assert.Equal(new CpimAddress("sip:alice@example.com", "Alice \"A\" \\ Smith"), message.From);
        Assert.Equal([new CpimAddress("sip:lobby@rooms.example.com", "Lobby room")], message.To);
        Assert.Equal([new CpimAddress("sip:carol@example.com")], message.Cc);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, 250, TimeSpan.FromHours(2)), message.DateTime);
        Assert.Equal("the weather\nwill be fine today", message.Subject);
        Assert.Equal(new CpimHeader("Subject", "beau temps prévu", ";lang=fr"), message.Headers[5]);
        Assert.Equal("34jk324j", message.Header("imdn.Message-ID"));
        Assert.Equal(9, message.Headers.Count);
        Assert.Equal("text/plain; charset=utf-8", message.ContentType);
        Assert.Equal("<1234@example.com>", message.ContentHeaders[1].Value);
    }

    [Fact]
    public void TheContentIsExactlyWhatWasSent()
    {
        byte[] content = [0, 1, 13, 10, 13, 10, 0xFF, 0xC3, .. "\r\n-------x$\r\n"u8];
        var message = Parse([.. "From: <sip:a@x>\r\n\r\nContent-Type: application/octet-stream\r\n\r\n"u8, .. content]);
        Assert.Equal(content, message.Content.ToArray());
    }

    [Fact]
    public void ANestedMessageStaysContent()
    {
        var body = CpimVectors.Short;
        for (var i = 0; i < 1000; i++)
        {
            body = [.. "From: <sip:a@x>\r\n\r\nContent-Type: message/cpim\r\n\r\n"u8, .. body];
        }

        var message = Parse(body);
        Assert.Equal("message/cpim", message.ContentType);
        Assert.Equal(999, message.Content.Span.Count("message/cpim"u8));
    }

    [Theory]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: 1", "1")]
    [InlineData("NS: other <urn:ietf:params:imdn>\nother.Message-ID: 1", "1")]
    [InlineData("imdn.Message-ID: 1\nNS: imdn <urn:ietf:params:imdn>", null)]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nNS: imdn <urn:else>\nimdn.Message-ID: 1", null)]
    [InlineData("NS: a <urn:ietf:params:imdn>\nNS: b <urn:ietf:params:imdn>\nb.Message-ID: 1", "1")]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\nimdn.message-id: 1", null)]
    public void PrefixedHeadersAreFoundByTheirNamespace(string lines, string? expected) =>
        Assert.Equal(expected, Parse(CpimVectors.WithHeaders(lines)).Header("urn:ietf:params:imdn", "Message-ID"));

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("2026-01-31t10:00:00.5z", "2026-01-31T10:00:00.5000000+00:00")]
    [InlineData("2026-01-31T10:00:00.123456-05:30", "2026-01-31T10:00:00.1234560-05:30")]
    [InlineData("2026-02-30T10:00:00Z", null)]
    [InlineData("2026-01-31", null)]
    [InlineData("31 Jan 2026", null)]
    [InlineData("٢٠٢٦-01-31T10:00:00Z", null)]
    [InlineData("", null)]
    public void DateTimeIsRfc3339(string text, string? expected) =>
        Assert.Equal(expected, Parse(CpimVectors.WithHeaders("DateTime: " + text)).DateTime?.ToString("o", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", null)]
    [InlineData("From: ", null)]
    [InlineData("From: <sip:a@x>\nFrom: <sip:b@x>", null)]
    [InlineData("From: <sip:a@x>", "sip:a@x")]
    public void ThereIsASenderOnlyWhenThereIsOne(string lines, string? expected) =>
        Assert.Equal(expected, Parse(CpimVectors.WithHeaders(lines.Length == 0 ? "Subject: x" : lines)).From?.Uri);

    [Theory]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"\""\'", "\"'")]
    [InlineData(@"\b\t\n\r", "\b\t\n\r")]
    [InlineData(@"\u00e9\u20AC", "é€")]
    [InlineData(@"\ud83d\ude00", "😀")]
    [InlineData(@"a\ud800", @"a\ud800")]
    [InlineData(@"\ude00\ud83d", @"\ude00\ud83d")]
    [InlineData(@"\ud83d\u0041", @"\ud83dA")]
    [InlineData(@"\u12", @"\u12")]
    [InlineData(@"\u+123", @"\u+123")]
    [InlineData(@"\x", @"\x")]
    [InlineData(@"end\", @"end\")]
    public void EscapesAreResolved(string written, string expected) =>
        Assert.Equal(expected, Parse(CpimVectors.WithHeaders("Subject: " + written)).Subject);

    [Fact]
    public void LineFeedsAloneAreTolerated()
    {
        var message = Parse("From: <sip:a@x>\nSubject: s\n\nContent-Type: text/plain\n\nhi\n"u8.ToArray());
        Assert.Equal(("sip:a@x", "s", "text/plain", "hi\n"), (message.From!.Uri, message.Subject, message.ContentType, WireText.Text(message.Content.Span)));
    }

    [Fact]
    public void TheContentMayHaveNoHeaders()
    {
        var message = Parse("From: <sip:a@x>\r\n\r\n\r\nhi"u8.ToArray());
        Assert.Null(message.ContentType);
        Assert.Equal("hi", WireText.Text(message.Content.Span));
    }

    [Fact]
    public void EveryPrefixWithoutTheSecondBlankLineIsRefused()
    {
        var content = CpimVectors.Full.AsSpan().IndexOf("From: <sip:nobody"u8);
        for (var length = 0; length < content; length++)
        {
            Assert.False(CpimMessage.TryParse(CpimVectors.Full.AsMemory(0, length), out _));
        }

        Assert.Empty(Parse(CpimVectors.Full[..content]).Content.ToArray());
    }

    [Theory]
    [InlineData("Content-Type text/plain\r\n\r\n")]
    [InlineData("Content-Type : text/plain\r\n\r\n")]
    [InlineData(" Content-Type: text/plain\r\n\r\n")]
    [InlineData("Content-Type: text/plain\rX: y\r\n\r\n")]
    [InlineData("Content-Type: text/\0plain\r\n\r\n")]
    public void BrokenContentHeadersAreRefused(string block) =>
        Assert.False(CpimMessage.TryParse(System.Text.Encoding.UTF8.GetBytes("From: <sip:a@x>\r\n\r\n" + block), out _));

    [Fact]
    public void InvalidUtf8InHeadersIsRefused()
    {
        Assert.False(CpimMessage.TryParse((byte[])[.. "Subject: "u8, 0xC3, 0x28, .. "\r\n\r\n\r\n"u8], out _));
        Assert.False(CpimMessage.TryParse((byte[])[.. "Subject: x\r\n\r\nX: "u8, 0xC3, 0x28, .. "\r\n\r\n"u8], out _));
    }

    [Fact]
    public void TooManyOrTooLongContentHeadersAreRefused()
    {
        var many = string.Concat(Enumerable.Repeat("X: y\r\n", 33));
        Assert.False(CpimMessage.TryParse(WireText.Crlf("Subject: x\r\n\r\n" + many + "\r\n"), out _));
        Assert.False(CpimMessage.TryParse(WireText.Crlf("Subject: x\r\n\r\nX: " + new string('y', 9000) + "\r\n\r\n"), out _));
    }
}
