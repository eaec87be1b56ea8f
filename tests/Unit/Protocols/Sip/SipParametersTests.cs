using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class SipParametersTests
{
    [Fact]
    public void AValueIsQuotedWhenItIsNoToken()
    {
        var parameters = SipParameters.Empty
            .With("isfocus")
            .With("tag", "a1")
            .With("+sip.instance", "<urn:uuid:1>")
            .With("text", "say \"hi\"\r\n")
            .With("empty", "");
        Assert.Equal(";isfocus;tag=a1;+sip.instance=\"<urn:uuid:1>\";text=\"say \\\"hi\\\"\";empty=\"\"", parameters.ToString());
        Assert.Equal("<urn:uuid:1>", parameters["+SIP.instance"]);
        Assert.Equal("say \"hi\"", parameters["text"]);
        Assert.Equal("", parameters["empty"]);
        Assert.Null(parameters["isfocus"]);
        Assert.True(parameters.Contains("ISFOCUS"));
    }

    [Fact]
    public void ACopyChangesInPlaceAndLeavesTheOriginal()
    {
        var original = SipParameters.Empty.With("a", "1").With("b", "2");
        Assert.Equal(";a=3;b=2", original.With("a", "3").ToString());
        Assert.Equal(";b=2", original.Without("A").ToString());
        Assert.Same(original, original.Without("c"));
        Assert.Equal(";a=1;b=2", original.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    [InlineData("a\r\nb")]
    public void ANameThatWouldBreakOutIsRefused(string name) => Assert.ThrowsAny<ArgumentException>(() => SipParameters.Empty.With(name));

    [Fact]
    public void AComposedHeaderReadsAsItself()
    {
        var contact = new ContactHeader(SipUri.Parse("sip:a@192.0.2.1;transport=tcp"), SipParameters.Empty.With("isfocus"), "A \"b\" \\ c\r\n");
        Assert.Equal("\"A \\\"b\\\" \\\\ c\" <sip:a@192.0.2.1;transport=tcp>;isfocus", contact.ToString());
        Assert.True(ContactHeader.TryParse(Encoding.UTF8.GetBytes(contact.ToString()), out var read));
        Assert.Equal("A \"b\" \\ c", read.DisplayName);
    }

    [Fact]
    public void AViaTakesWhatTheReceiverSaw()
    {
        Assert.True(ViaHeader.TryParse("SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport"u8, out var via));
        Assert.True(via.HasRport);
        Assert.Null(via.Rport);
        var seen = via.With("received", "2001:db8::1").With("rport", "1024");
        Assert.Equal("SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport=1024;received=2001:db8::1", seen.ToString());
        Assert.Equal(1024, seen.Rport);
    }
}
