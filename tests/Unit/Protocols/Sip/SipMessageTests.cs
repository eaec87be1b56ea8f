using System.Buffers;
using System.Text;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class SipMessageTests
{
    [Fact]
    public void ARequestIsWrittenInTheWritersOrderWhateverTheOrderOfAdding()
    {
        var request = SipMessage.CreateRequest(SipMethod.Message, SipUri.Parse("sip:bob@example.com"));
        request.SetBody("text/plain", "hi"u8.ToArray());
        request.Headers.Add(SipHeaderId.CSeq, "1 MESSAGE");
        request.Headers.Add("X-Other", "1");
        request.Headers.Add(SipHeaderId.CallId, "c1");
        request.Headers.Add(SipHeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(SipHeaderId.From, "<sip:alice@example.com>;tag=a");
        request.Headers.Add(SipHeaderId.Route, "<sip:edge.example.com;lr>");
        request.Headers.Add(SipHeaderId.Via, "SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1");

        Assert.Equal(
            "MESSAGE sip:bob@example.com SIP/2.0\r\n" +
            "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\n" +
            "Route: <sip:edge.example.com;lr>\r\n" +
            "Max-Forwards: 70\r\n" +
            "From: <sip:alice@example.com>;tag=a\r\n" +
            "To: <sip:bob@example.com>\r\n" +
            "Call-ID: c1\r\n" +
            "CSeq: 1 MESSAGE\r\n" +
            "X-Other: 1\r\n" +
            "Content-Type: text/plain\r\n" +
            "Content-Length: 2\r\n" +
            "\r\nhi",
            request.ToString());
        Assert.Equal(SipRejection.None, SipSanity.Check(request));
    }

    [Fact]
    public void ContentLengthIsThatOfTheBodyWhateverTheHeaderSays()
    {
        var message = SipTexts.Read(SipTexts.Options(body: "12345"));
        message.Body.Span.SequenceEqual("12345"u8);
        message.SetBody("text/plain", "123"u8.ToArray());
        message.Headers.Set(SipHeaderId.ContentLength, "99");
        Assert.Contains("Content-Length: 3\r\n\r\n123", message.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("99", message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyBodyTakesItsContentTypeAway()
    {
        var message = SipTexts.Read(SipTexts.Options("Content-Type: text/plain\r\n", "12345"));
        message.SetBody("text/plain", default);
        Assert.False(message.Headers.Contains(SipHeaderId.ContentType));
    }

    [Fact]
    public void AResponseCopiesWhatItMust()
    {
        var request = SipTexts.Read(SipTexts.Options("Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK-2\r\nSubject: not copied\r\n"));
        var response = SipMessage.CreateResponse(request, 481);

        Assert.False(response.IsRequest);
        Assert.Equal(481, response.StatusCode);
        Assert.Equal("Call/Transaction Does Not Exist", response.ReasonPhrase);
        Assert.Equal(SipMethod.Options, response.Method);
        Assert.Equal(["192.0.2.1", "192.0.2.9"], response.Vias.Select(via => via.Host));
        Assert.Equal("a1", response.From!.Tag);
        Assert.Null(response.To!.Tag);
        Assert.Equal(["Via", "Via", "From", "To", "Call-ID", "CSeq"], response.Headers.Select(field => field.NameText));
    }

    [Fact]
    public void AResponseToARequestThatRepeatsHeadersRepeatsNone()
    {
        SipReader.ReadDatagram(SipCorpus.Read("rfc4475/multi01.dat"), SipLimits.Default, out var request, out _);
        var response = SipMessage.CreateResponse(request!, 400, SipRejections.Phrase(SipRejection.BadFrom));
        Assert.Equal(1, response.Headers.CountOf(SipHeaderId.From));
        Assert.Equal(1, response.Headers.CountOf(SipHeaderId.CallId));
        Assert.StartsWith("SIP/2.0 400 Bad From\r\n", response.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(700)]
    public void AResponseHasAStatusCodeOfSip(int status)
        => Assert.Throws<ArgumentOutOfRangeException>(() => SipMessage.CreateResponse(SipTexts.Read(SipTexts.Options()), status));

    [Theory]
    [InlineData("OK\r\nVia: evil")]
    [InlineData("OK\n")]
    [InlineData("OK\0")]
    public void APhraseCannotInjectAHeader(string phrase)
        => Assert.Throws<ArgumentException>(() => SipMessage.CreateResponse(SipTexts.Read(SipTexts.Options()), 200, phrase));

    [Fact]
    public void ANewRequestUriReplacesTheOld()
    {
        var request = SipTexts.Read(SipTexts.Options());
        Assert.Equal("bob", request.RequestUri.User);
        request.RequestUri = SipUri.Parse("sip:bob@192.0.2.7:5070;transport=tcp");
        Assert.StartsWith("OPTIONS sip:bob@192.0.2.7:5070;transport=tcp SIP/2.0\r\n", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnchangedRequestUriIsWrittenByteForByte()
    {
        var request = SipTexts.Read(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(SipTexts.Options()).Replace("sip:bob@example.com SIP", "sip:%62ob@EXAMPLE.com SIP", StringComparison.Ordinal)));
        Assert.Equal("sip:bob@example.com", request.RequestUri.ToString());
        Assert.StartsWith("OPTIONS sip:%62ob@EXAMPLE.com SIP/2.0\r\n", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AResponseHasNoRequestUri()
    {
        var response = SipMessage.CreateResponse(SipTexts.Read(SipTexts.Options()), 200);
        Assert.Throws<InvalidOperationException>(() => response.RequestUri);
        Assert.Throws<InvalidOperationException>(() => response.RequestUri = SipUri.Parse("sip:a@b.example"));
    }

    [Fact]
    public void WritingAddsToWhatTheBufferHolds()
    {
        var writer = new ArrayBufferWriter<byte>();
        SipTexts.Read(SipTexts.Options()).WriteTo(writer);
        SipTexts.Read(SipTexts.Options()).WriteTo(writer);
        Assert.Equal(2, StreamRun.Whole(writer.WrittenSpan.ToArray()).Events.Count);
    }

    [Theory]
    [InlineData(200, "OK")]
    [InlineData(299, "OK")]
    [InlineData(499, "Bad Request")]
    [InlineData(699, "Global Failure")]
    public void AnUnknownStatusCodeHasThePhraseOfItsClass(int status, string phrase) => Assert.Equal(phrase, SipReasonPhrases.Of(status));
}
