using System.Text;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class SipHeadersTests
{
    [Theory]
    [InlineData("a\r\nRoute: <sip:evil.example.net>")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void AValueCannotInjectALine(string value)
    {
        var headers = Read().Headers;
        Assert.Throws<ArgumentException>(() => headers.Add(SipHeaderId.Subject, value));
        Assert.Throws<ArgumentException>(() => headers.Add("X-Other", value));
        Assert.Throws<ArgumentException>(() => headers.Set(SipHeaderId.Subject, value));
        Assert.Throws<ArgumentException>(() => headers.Prepend(SipHeaderId.Via, value));
        Assert.Throws<ArgumentException>(() => headers.ReplaceFirst(SipHeaderId.Via, value));
        Assert.Equal(7, headers.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X Other")]
    [InlineData("X:")]
    [InlineData("X\r\nY")]
    public void ANameIsAToken(string name) => Assert.Throws<ArgumentException>(() => Read().Headers.Add(name, "1"));

    [Fact]
    public void AHeaderIsTheSameByNameByCompactFormAndById()
    {
        var headers = Read("k: path\r\n").Headers;
        Assert.Equal("path", headers.GetText(SipHeaderId.Supported));
        Assert.Equal("path", headers.GetText("SUPPORTED"));
        Assert.Equal("path", headers.GetText("k"));
        headers.Add("supported", "timer");
        Assert.Equal(2, headers.CountOf(SipHeaderId.Supported));
        headers.Remove("K");
        Assert.False(headers.Contains(SipHeaderId.Supported));
    }

    [Fact]
    public void ANameThatOnlyLooksLikeAKnownOneIsAnother()
    {
        // RFC 3261 lets blanks stand before the colon: they neither hide a header nor make one.
        var message = Read("P-Asserted-Identity \t: <sip:admin@example.com>\r\nX-P-Asserted-Identity: <sip:a@example.com>\r\nFro: x\r\n");
        Assert.Equal("admin", message.PAssertedIdentity!.Uri.User);
        Assert.Single(message.PAssertedIdentities);
        Assert.Equal("x", message.Headers.GetText("Fro"));
    }

    [Fact]
    public void UnknownHeadersAreFoundAndRemovedByNameWithoutCase()
    {
        var headers = Read("X-One: 1\r\nx-one: 2\r\n").Headers;
        Assert.Equal("1", headers.GetText("x-ONE"));
        headers.Remove("X-one");
        Assert.Null(headers.GetText("X-One"));
    }

    [Fact]
    public void ATypedValueIsReadOnceAndAnewAfterAChange()
    {
        var message = Read();
        Assert.Same(message.From, message.From);
        Assert.Null(message.To!.Tag);
        message.Headers.Set(SipHeaderId.To, "<sip:bob@example.com>;tag=b1");
        Assert.Equal("b1", message.To!.Tag);
        message.Headers.Add(SipHeaderId.To, "<sip:carol@example.com>");
        Assert.Null(message.To); // twice: malformed
        Assert.True(message.IsMalformed(SipHeaderId.To));
    }

    [Fact]
    public void AListIsOneListOverItsLinesAndCommas()
    {
        var message = Read("Route: <sip:a;lr>, \"x, y\" <sip:b;lr>\r\nRoute: <sip:c?h=1%2C2,3>\r\n");
        Assert.Equal(SipRejection.BadRoute, SipSanity.Check(message)); // "," is no header character of a URI
        message.Headers.Remove(SipHeaderId.Route);
        message.Headers.Add(SipHeaderId.Route, "<sip:a;lr>, \"x, y\" <sip:b;lr>");
        message.Headers.Add(SipHeaderId.Route, "<sip:c,d@e>");
        Assert.Equal(["a", "b", "e"], message.Routes.Select(route => route.Uri.Host));
        Assert.Equal("a", message.Route!.Uri.Host);
    }

    [Fact]
    public void TheFirstValueOfAListCanBeTakenOffWithoutTheOthers()
    {
        var headers = Read("Route: <sip:a;lr> , <sip:b;lr>\r\nRoute: <sip:c;lr>\r\n");
        headers.Headers.RemoveFirst(SipHeaderId.Route);
        Assert.Equal(["b", "c"], headers.Routes.Select(route => route.Uri.Host));
        headers.Headers.RemoveFirst(SipHeaderId.Route);
        Assert.Equal(["c"], headers.Routes.Select(route => route.Uri.Host));
        headers.Headers.RemoveFirst(SipHeaderId.Route);
        headers.Headers.RemoveFirst(SipHeaderId.Route);
        Assert.Empty(headers.Routes);
    }

    [Fact]
    public void TheFirstValueOfAListCanBeReplacedInItsPlace()
    {
        var message = Read("Route: <sip:a;lr>, <sip:b;lr>\r\n");
        message.Headers.ReplaceFirst(SipHeaderId.Route, "<sip:x;lr>");
        Assert.Equal(["x", "b"], message.Routes.Select(route => route.Uri.Host));
        Assert.Throws<InvalidOperationException>(() => message.Headers.ReplaceFirst(SipHeaderId.Path, "<sip:x>"));
    }

    [Fact]
    public void AnElementThatIsMalformedMakesTheListMalformedButNotItsFirstElement()
    {
        var message = Read("Route: <sip:a;lr>, garbage\r\n");
        Assert.Equal("a", message.Route!.Uri.Host);
        Assert.Empty(message.Routes);
        Assert.True(message.IsMalformed(SipHeaderId.Route));
    }

    [Fact]
    public void LinesOfCredentialsAreNeverSplitAndABadOneDoesNotHideTheOthers()
    {
        var message = Read(
            "Authorization: Digest username=\"a\", username=\"b\"\r\n" +
            "Authorization: Digest username=\"bob\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"00\"\r\n");
        Assert.Equal("bob", Assert.Single(message.Authorizations).Credentials!.Username);
        Assert.Equal("bob", message.Authorization!.Credentials!.Username);
    }

    [Fact]
    public void LinesOfTokensAreOneList()
    {
        var message = Read("Supported: path\r\nSupported:\r\nk: outbound,gruu\r\n");
        Assert.Equal(["path", "outbound", "gruu"], message.Supported!.Values);
        Assert.True(message.Supported.Contains("OUTBOUND"));
    }

    [Fact]
    public void AMessageThatWasReadKeepsTheOrderOfItsSender()
    {
        var message = Read("Subject: last\r\n");
        message.Headers.Add(SipHeaderId.UserAgent, "x");
        Assert.Equal(
            ["Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Subject", "User-Agent", "Content-Length"],
            message.Headers.Select(field => field.NameText));
    }

    [Fact]
    public void EveryNameAndCompactFormIsFoundInAnyCase()
    {
        var ids = Enum.GetValues<SipHeaderId>().Where(id => id != SipHeaderId.Unknown).ToArray();
        foreach (var id in ids)
        {
            var name = Encoding.ASCII.GetString(SipHeaderNames.Canonical(id));
            Assert.Equal(id, SipHeaderNames.Lookup(Encoding.ASCII.GetBytes(name.ToUpperInvariant())));
            Assert.Equal(id, SipHeaderNames.Lookup(Encoding.ASCII.GetBytes(name.ToLowerInvariant())));
            Assert.Equal(SipHeaderId.Unknown, SipHeaderNames.Lookup(Encoding.ASCII.GetBytes(name + "x")));
        }
    }

    [Theory]
    [InlineData("a", SipHeaderId.AcceptContact)]
    [InlineData("b", SipHeaderId.ReferredBy)]
    [InlineData("c", SipHeaderId.ContentType)]
    [InlineData("e", SipHeaderId.ContentEncoding)]
    [InlineData("f", SipHeaderId.From)]
    [InlineData("i", SipHeaderId.CallId)]
    [InlineData("j", SipHeaderId.RejectContact)]
    [InlineData("k", SipHeaderId.Supported)]
    [InlineData("l", SipHeaderId.ContentLength)]
    [InlineData("m", SipHeaderId.Contact)]
    [InlineData("o", SipHeaderId.Event)]
    [InlineData("r", SipHeaderId.ReferTo)]
    [InlineData("s", SipHeaderId.Subject)]
    [InlineData("t", SipHeaderId.To)]
    [InlineData("u", SipHeaderId.AllowEvents)]
    [InlineData("V", SipHeaderId.Via)]
    [InlineData("X", SipHeaderId.SessionExpires)]
    [InlineData("z", SipHeaderId.Unknown)]
    [InlineData("", SipHeaderId.Unknown)]
    public void ACompactFormIsItsHeader(string name, SipHeaderId id) => Assert.Equal(id, SipHeaderNames.Lookup(Encoding.ASCII.GetBytes(name)));

    private static SipMessage Read(string extraHeaders = "") => SipTexts.Read(SipTexts.Options(extraHeaders));
}
