using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>What the vectors of RFC 4475 and RFC 5118 say, where their sections demand it in particular.</summary>
public sealed class TortureMeaningTests
{
    [Fact]
    public void WsinvIsReadThroughFoldingBlanksAndCompactForms()
    {
        var invite = Read("rfc4475/wsinv.dat");
        Assert.Equal(SipMethod.Invite, invite.CSeq!.Method);
        Assert.Equal(9u, invite.CSeq.Number);
        Assert.Equal(68, invite.MaxForwards!.Value);
        Assert.Equal("1918181833n", invite.To!.Tag);
        Assert.Equal("J Rosenberg \\\"", invite.From!.DisplayName);
        Assert.Equal("98asjd8", invite.From.Tag);
        Assert.Equal(["192.0.2.2", "spindle.example.com", "192.168.255.111"], invite.Vias.Select(via => via.Host));
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], invite.Vias.Select(via => via.Branch));
        Assert.Equal("Quoted string \"\"", invite.Contact!.DisplayName);
        Assert.Equal("newvalue", invite.Contact.Parameters["newparam"]);
        Assert.Equal(0.33, invite.Contact.Q);
        Assert.True(invite.Route!.Uri.Parameters.Contains("lr"));
        Assert.Equal("", invite.Subject!.Value);
        Assert.Equal("newfangled value   continued newfangled value", invite.Headers.GetText("NewFangledHeader"));
        Assert.Equal(";;,,;;,;", invite.Headers.GetText("unknownheaderwithunusualvalue"));
        Assert.Equal(150, invite.Body.Length);
    }

    [Fact]
    public void IntmethKeepsEveryLegalCharacter()
    {
        var request = Read("rfc4475/intmeth.dat");
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", request.Method.Name);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.RequestUri.User);
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", request.RequestUri.Password);
        Assert.Equal("example.com", request.RequestUri.Host);
        Assert.Equal("BEL: NUL: DEL:", request.To!.DisplayName); // the control characters themselves are dropped
        Assert.Equal("token1~` token2'+_ token3*%!.-", request.From!.DisplayName);
        Assert.Equal("_token~1'+`*%!-.", request.From.Tag);
        Assert.Equal("работающий", request.From.Parameters["fromParam''~+*_!.-%"]);
        Assert.Equal("z9hG4bK-.!%66*_+`'~", request.Via!.Branch);
    }

    [Fact]
    public void EscapesOfUnreservedCharactersAreResolvedAndOthersStay()
    {
        var invite = Read("rfc4475/esc01.dat");
        Assert.Equal("sips%3Auser%40example.com", invite.RequestUri.User);
        Assert.Equal("example.net", invite.RequestUri.Host);
        Assert.Equal("user", invite.To!.Uri.User);
        Assert.Equal("I%20have%20spaces", invite.From!.Uri.User);
        Assert.Equal("caller", invite.Contact!.Uri.User);
        Assert.True(invite.Contact.Uri.Parameters.Contains("lr"));
        Assert.Equal("value%2541", invite.Contact.Uri.Parameters["name"]);
    }

    [Fact]
    public void AnEscapedNulEndsNothing()
    {
        var register = Read("rfc4475/escnull.dat");
        Assert.Equal("null-%00-null", register.To!.Uri.User);
        Assert.Equal(["%00", "%00%00"], register.Contacts.Select(contact => contact.Uri.User));
        Assert.False(register.Contacts[0].Uri.IsEquivalentTo(register.Contacts[1].Uri));
    }

    [Fact]
    public void APercentOutsideUrisIsAPercent()
    {
        var request = Read("rfc4475/esc02.dat");
        Assert.Equal("RE%47IST%45R", request.Method.Name);
        Assert.NotEqual(SipMethod.Register, request.Method);
        Assert.Equal("%Z%45", request.To!.DisplayName);
        Assert.Contains(request.Headers, field => field.NameText == "Name%3A%2A%20" || field.ValueText.Contains('%', StringComparison.Ordinal));
    }

    [Fact]
    public void BytesBehindContentLengthOfADatagramAreIgnored()
    {
        var register = Read("rfc4475/dblreq.dat");
        Assert.Equal(SipMethod.Register, register.Method);
        Assert.Equal(0, register.Body.Length);
        var stream = StreamRun.Whole(SipCorpus.Read("rfc4475/dblreq.dat")); // a stream holds both
        Assert.Contains(stream.Events, text => text.StartsWith("None: INVITE sip:joe@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public void ASemicolonInTheUserPartBelongsToTheUser()
    {
        var request = Read("rfc4475/semiuri.dat");
        Assert.Equal("user;par=u%40example.net", request.RequestUri.User);
        Assert.Equal(0, request.RequestUri.Parameters.Count);
    }

    [Fact]
    public void UnknownTransportsInViaAreCarried()
        => Assert.Equal(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"], Read("rfc4475/transports.dat").Vias.Select(via => via.Transport));

    [Fact]
    public void AReasonPhraseMayBeAnythingOrNothing()
    {
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", Read("rfc4475/unreason.dat").ReasonPhrase);
        Assert.Equal("", Read("rfc4475/noreason.dat").ReasonPhrase);
        Assert.StartsWith("SIP/2.0 100 \r\n", Read("rfc4475/noreason.dat").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADateInAnotherZoneIsNoDate()
    {
        var invite = Read("rfc4475/baddate.dat");
        Assert.Null(invite.Date);
        Assert.True(invite.IsMalformed(SipHeaderId.Date));
    }

    [Fact]
    public void ACookieAloneIsNoUniqueBranch()
    {
        Assert.False(Read("rfc4475/badbranch.dat").Via!.HasUniqueBranch);
        Assert.False(Read("rfc4475/inv2543.dat").Via!.HasUniqueBranch);
        Assert.True(Read("rfc4475/zeromf.dat").Via!.HasUniqueBranch);
    }

    [Fact]
    public void AnUnknownSchemeOfCredentialsIsNoDigest()
    {
        var authorization = Assert.Single(Read("rfc4475/regaut01.dat").Authorizations);
        Assert.Equal("NoOneKnowsThisScheme", authorization.Scheme);
        Assert.Null(authorization.Credentials);
    }

    [Fact]
    public void OutsideBracketsAParameterBelongsToTheContactAndInsideToTheUri()
    {
        var outside = Read("rfc4475/cparam01.dat").Contact!;
        Assert.True(outside.Parameters.Contains("unknownparam"));
        Assert.Equal(0, outside.Uri.Parameters.Count);

        var inside = Read("rfc4475/cparam02.dat").Contact!;
        Assert.Equal(0, inside.Parameters.Count);
        Assert.True(inside.Uri.Parameters.Contains("unknownparam"));
    }

    [Fact]
    public void HeadersOfAContactUriAreCarriedAndNotApplied()
    {
        var register = Read("rfc4475/regescrt.dat");
        Assert.Equal("Route=%3Csip:sip.example.com%3E", register.Contact!.Uri.Headers);
        Assert.False(register.Headers.Contains(SipHeaderId.Route));
    }

    [Fact]
    public void UnknownSchemesInToAndFromAreCarried()
    {
        var register = Read("rfc4475/unksm2.dat");
        Assert.False(register.To!.Uri.IsSip);
        Assert.Equal("isbn", register.To.Uri.Scheme);
    }

    [Fact]
    public void IPv6AddressesKeepTheirBracketsAndPortsTheirPlace()
    {
        var ambiguous = Read("rfc5118/port-ambiguous").RequestUri;
        Assert.Equal("[2001:db8::10:5070]", ambiguous.Host);
        Assert.Null(ambiguous.Port);

        var unambiguous = Read("rfc5118/port-unambiguous").RequestUri;
        Assert.Equal("[2001:db8::10]", unambiguous.Host);
        Assert.Equal(5070, unambiguous.Port);
    }

    [Fact]
    public void AReceivedAddressMayHaveBracketsOrNot()
    {
        Assert.Equal("[2001:db8::9:255]", Read("rfc5118/via-received-param-with-delim").Via!.Received);
        Assert.Equal("2001:db8::9:255", Read("rfc5118/via-received-param-no-delim").Via!.Received);
    }

    private static SipMessage Read(string vector) => SipTexts.Read(SipCorpus.Read(vector));
}
