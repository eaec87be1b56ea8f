using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class SipReaderTests
{
    [Fact]
    public void AKeepAliveIsAPingOfFourOctetsOrAPongOfTwo()
    {
        Assert.Equal((ParseStatus.Complete, 4), Consume("\r\n\r\n"));
        Assert.Equal((ParseStatus.Complete, 4), Consume("\r\n\r\n\r\n"));
        Assert.Equal((ParseStatus.Complete, 2), Consume("\r\n"));
        Assert.Equal((ParseStatus.Complete, 2), Consume("\r\nOPTIONS "));
        Assert.Equal((ParseStatus.NeedMoreData, 0), Consume("\r"));
        Assert.Equal((ParseStatus.NeedMoreData, 0), Consume(""));
        Assert.Equal((ParseStatus.Malformed, 0), Consume("\n"));
    }

    [Fact]
    public void AKeepAliveBetweenMessagesDisturbsNeither()
    {
        byte[] stream = [.. SipTexts.Options(), .. "\r\n\r\n"u8, .. SipTexts.Options(body: "abc"), .. "\r\n"u8];
        var whole = StreamRun.Whole(stream);
        Assert.Equal(5, whole.Events.Count);
        Assert.Equal(["CRLF", "CRLF"], whole.Events.Skip(1).Take(2));
        for (var offset = 1; offset < stream.Length; offset++)
        {
            Assert.Equal(whole.Events, StreamRun.Split(stream, offset).Events);
        }
    }

    [Fact]
    public void ADatagramOfLineEndsOnlyIsAKeepAlive()
    {
        Assert.Equal(ParseStatus.Complete, SipReader.ReadDatagram("\r\n\r\n"u8, SipLimits.Default, out var message, out _));
        Assert.Null(message);
    }

    [Fact]
    public void LineEndsBeforeTheStartLineOfADatagramAreIgnored()
        => Assert.Equal(SipMethod.Options, SipTexts.Read([.. "\r\n\r\n"u8, .. SipTexts.Options()]).Method);

    [Fact]
    public void ABodyMayHoldWhatAHeadMayNot()
    {
        var body = "\0\n\r\r\nOPTIONS sip:x SIP/2.0\r\n\r\n";
        Assert.Equal(body, Encoding.UTF8.GetString(SipTexts.Read(SipTexts.Options(body: body)).Body.Span));
        Assert.Single(StreamRun.Whole(SipTexts.Options(body: body)).Events);
    }

    [Fact]
    public void WhatIsReadDoesNotReferToTheInput()
    {
        var bytes = SipTexts.Options(body: "body");
        var message = SipTexts.Read(bytes);
        var before = message.ToString();
        Array.Fill(bytes, (byte)'!');
        Assert.Equal(before, message.ToString());
    }

    [Theory]
    [InlineData("f: <sip:mallory@example.com>\r\n")]
    [InlineData("l: 0\r\n")]
    public void ARefusedRequestCanBeAnsweredThroughItsVia(string extra)
    {
        var bytes = SipTexts.Options(extra);
        SipReader.ReadStream(bytes, SipLimits.Default, out _, out var message, out _);
        Assert.Equal("192.0.2.1", message!.Via!.Host);
        Assert.Equal("c1@192.0.2.1", message.CallId!.Value);
    }

    [Fact]
    public void ARefusedHeadCanBeAnsweredFromTheLinesBeforeTheMistake()
    {
        SipReader.ReadStream(SipTexts.Options("Subject: a\nb\r\n"), SipLimits.Default, out _, out var message, out var rejection);
        Assert.Equal(SipRejection.BareLineEnd, rejection);
        Assert.Equal("c1@192.0.2.1", message!.CallId!.Value);
    }

    [Fact]
    public void AnAckAndAResponseAreNeverAnswered()
    {
        foreach (var startLine in new[] { "ACK sip:bob@example.com SIP/9.0", "SIP/2.0 999 Nonsense" })
        {
            var text = Encoding.UTF8.GetString(SipTexts.Options());
            var bytes = Encoding.UTF8.GetBytes(startLine + text[text.IndexOf("\r\n", StringComparison.Ordinal)..]);
            Assert.Equal(ParseStatus.Malformed, SipReader.ReadDatagram(bytes, SipLimits.Default, out var message, out _));
            Assert.Null(message);
        }
    }

    [Fact]
    public void EveryLimitHoldsToTheOctet()
    {
        var bytes = SipTexts.Options(body: "12345");
        var text = Encoding.UTF8.GetString(bytes);
        var longest = text.Split("\r\n").Skip(1).Max(line => line.Length);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2;
        var start = text.IndexOf("\r\n", StringComparison.Ordinal);

        AssertLimit(bytes, new SipLimits { StartLine = start }, new SipLimits { StartLine = start - 1 }, SipRejection.StartLineTooLong);
        AssertLimit(bytes, new SipLimits { HeaderLine = longest }, new SipLimits { HeaderLine = longest - 1 }, SipRejection.HeaderLineTooLong);
        AssertLimit(bytes, new SipLimits { Headers = 7 }, new SipLimits { Headers = 6 }, SipRejection.TooManyHeaders);
        AssertLimit(bytes, new SipLimits { Head = head }, new SipLimits { Head = head - 1 }, SipRejection.HeadTooLarge);
        AssertLimit(bytes, new SipLimits { Body = 5 }, new SipLimits { Body = 4 }, SipRejection.BodyTooLarge);
    }

    [Fact]
    public void FoldedLinesCountAsOneHeader()
    {
        var bytes = SipTexts.Options("Subject: a\r\n b\r\n\tc\r\n");
        Assert.Equal(ParseStatus.Complete, SipReader.ReadStream(bytes, new SipLimits { Headers = 8 }, out _, out var message, out _));
        Assert.Equal("a   b   c", message!.Headers.GetText(SipHeaderId.Subject));
    }

    [Fact]
    public void AnEndlessLineIsRefusedAsSoonAsItCrossesTheLimit()
    {
        var endless = new byte[SipLimits.Default.StartLine + 1];
        Array.Fill(endless, (byte)'A');
        Assert.Equal(ParseStatus.NeedMoreData, SipReader.ReadStream(endless.AsSpan(1), SipLimits.Default, out _, out _, out _));
        Assert.Equal(ParseStatus.Malformed, SipReader.ReadStream(endless, SipLimits.Default, out _, out _, out var rejection));
        Assert.Equal(SipRejection.StartLineTooLong, rejection);
    }

    private static void AssertLimit(byte[] bytes, SipLimits enough, SipLimits tooLittle, SipRejection expected)
    {
        Assert.Equal(ParseStatus.Complete, SipReader.ReadStream(bytes, enough, out _, out _, out _));
        Assert.Equal(ParseStatus.Malformed, SipReader.ReadStream(bytes, tooLittle, out _, out _, out var rejection));
        Assert.Equal(expected, rejection);
    }

    private static (ParseStatus Status, int Consumed) Consume(string text)
    {
        var status = SipReader.ReadStream(Encoding.UTF8.GetBytes(text), SipLimits.Default, out var consumed, out var message, out _);
        Assert.Null(message);
        return (status, consumed);
    }
}
