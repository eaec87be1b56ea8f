using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@example.com")]
    [InlineData("sips:alice:secret@example.com:5061;transport=tcp;lr?Subject=x&Priority=urgent")]
    [InlineData("sip:example.com")]
    [InlineData("sip:+1-201-555-0123;phone-context=example.com@example.com;user=phone")]
    [InlineData("sip:a@[2001:db8::1]:5060")]
    [InlineData("sip:a@[::ffff:192.0.2.1]")]
    [InlineData("sip:a@[::]")]
    [InlineData("sip:null-%00-null@example.com")]
    [InlineData("sip:a@example.com;x=%20y")]
    [InlineData("tel:+1-201-555-0123;ext=1")]
    [InlineData("urn:uuid:6f1d0c2e-0000-4000-8000-00000000000a")]
    public void AUriIsWrittenAsItWasRead(string text) => Assert.Equal(text, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("SIP:Alice@EXAMPLE.Com", "sip:Alice@example.com")]
    [InlineData("sip:%61lice@example.com", "sip:alice@example.com")]
    [InlineData("sip:a%2fb@example.com", "sip:a%2Fb@example.com")]
    public void EqualPartsAreBroughtIntoOneForm(string text, string expected) => Assert.Equal(expected, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("alice@example.com")]
    [InlineData("sip:")]
    [InlineData("sip:@example.com")]
    [InlineData("sip:alice@")]
    [InlineData("sip:al ice@example.com")]
    [InlineData("sip:a@b@example.com")]
    [InlineData("sip:alice@example.com:")]
    [InlineData("sip:alice@example.com:0x50")]
    [InlineData("sip:alice@example.com:65536")]
    [InlineData("sip:alice@example..com")]
    [InlineData("sip:alice@-example.com")]
    [InlineData("sip:alice@1.2.3")]
    [InlineData("sip:alice@1.2.3.256")]
    [InlineData("sip:alice@127.1")]
    [InlineData("sip:alice@[2001:db8::1")]
    [InlineData("sip:alice@[2001:db8:::1]")]
    [InlineData("sip:alice@[1::2::3]")]
    [InlineData("sip:alice@[1:2:3:4:5:6:7]")]
    [InlineData("sip:alice@[1:2:3:4:5:6:7:8:9]")]
    [InlineData("sip:alice@[1:2:3:4:5:6:7:192.0.2.1]")]
    [InlineData("sip:alice@[12345::]")]
    [InlineData("sip:alice@[]")]
    [InlineData("sip:alice@[::1]x")]
    [InlineData("sip:alice@[fe80::1%25eth0]")]
    [InlineData("sip:alice@example.com;")]
    [InlineData("sip:alice@example.com;;lr")]
    [InlineData("sip:alice@example.com;x=")]
    [InlineData("sip:alice@example.com;LR;lr")]
    [InlineData("sip:alice@example.com?")]
    [InlineData("sip:alice@example.com?x")]
    [InlineData("sip:alice@example.com?=x")]
    [InlineData("sip:al%ice@example.com")]
    [InlineData("sip:al%4@example.com")]
    [InlineData("sip:alice@exam%70le.com")]
    [InlineData("sip:ålice@example.com")]
    [InlineData("sip:alice@example.com\r\nVia: x")]
    [InlineData("1sip:x")]
    [InlineData("tel:")]
    [InlineData("http://example.com/<script>")]
    public void WhatBreaksTheGrammarIsNoUri(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory] // RFC 3261 section 19.1.4, its examples
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", true)] // as corrected by section 19.1.4's own rule
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    [InlineData("sip:alice@example.com", "sips:alice@example.com", false)]
    [InlineData("sip:alice@example.com;user=phone", "sip:alice@example.com", false)]
    [InlineData("sip:alice@example.com;maddr=192.0.2.1", "sip:alice@example.com", false)]
    [InlineData("sip:alice:x@example.com", "sip:alice@example.com", false)]
    [InlineData("tel:+1-201-555-0123", "tel:+1(201)555.0123", true)]
    [InlineData("tel:+12015550123", "sip:+12015550123@example.com", false)]
    public void EquivalenceIsThatOfSection19(string left, string right, bool expected)
    {
        Assert.Equal(expected, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(expected, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Theory]
    [InlineData("sips:%61lice:pw@EXAMPLE.com:5061;transport=tcp?x=y", "sip:alice@example.com")]
    [InlineData("sip:example.com:5060", "sip:example.com")]
    [InlineData("tel:+1-201-555-0123", "tel:+12015550123")]
    public void TheAddressOfRecordHasNeitherPortNorParameters(string text, string expected) => Assert.Equal(expected, SipUri.Parse(text).Aor);

    [Fact]
    public void AComposedUriIsEscapedWhereItMustBe()
    {
        Assert.Equal("sip:J%C3%BCrgen%20%40%25@example.com:5070;transport=tcp", SipUri.Create("Jürgen @%", "Example.com", 5070, "tcp").ToString());
        Assert.Equal("sip:[2001:db8::1]", SipUri.Create(null, "2001:db8::1").ToString());
        Assert.Throws<ArgumentException>(() => SipUri.Create("a", "b>;x"));
        Assert.Throws<ArgumentException>(() => SipUri.Create("a", "b:5060"));
        Assert.Throws<FormatException>(() => SipUri.Parse("nonsense"));
    }

    [Theory]
    [InlineData("sip:a@h?Replaces=c%3Bto-tag%3D1%3Bfrom-tag%3D2&x=y", "replaces", "c;to-tag=1;from-tag=2")]
    [InlineData("sip:a@h?x=y&Subject=", "Subject", "")]
    [InlineData("sip:a@h?%53ubject=a%0D%0Ab", "Subject", "a\r\nb")]
    [InlineData("sip:a@h?xSubject=b", "Subject", null)]
    [InlineData("sip:a@h", "Subject", null)]
    public void AHeaderIsReadWithItsEscapesResolved(string uri, string name, string? value) => Assert.Equal(value, SipUri.Parse(uri).Header(name));

    [Fact]
    public void AChangeLeavesTheOriginalAsItWas()
    {
        var uri = SipUri.Parse("sip:a@example.com;transport=udp;lr?x=1");
        Assert.Equal("sip:a@example.com;transport=tcp;lr?x=1", uri.With("Transport", "tcp").ToString().Replace("Transport", "transport", StringComparison.Ordinal));
        Assert.Equal("sip:a@example.com;lr?x=1", uri.Without("transport").ToString());
        Assert.Equal("sip:a@example.com;transport=udp;lr", uri.WithoutHeaders().ToString());
        Assert.Equal("sip:a@example.com;transport=udp;lr;gr=urn:uuid:1%3B2?x=1", uri.With("gr", "urn:uuid:1;2").ToString());
        Assert.Equal("sip:a@example.com;transport=udp;lr?x=1", uri.ToString());
    }
}
