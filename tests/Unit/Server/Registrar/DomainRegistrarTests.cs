using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Registrar;

public sealed class DomainRegistrarTests : IDisposable
{
    private readonly TestServer _server = new();

    [Fact]
    public void AContactIsBoundAndListedWithItsTime()
    {
        var alice = _server.Client("alice");

        var response = alice.Register("600");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal([(alice.Contact, 600)], Bindings(response));
        Assert.True(response.Headers.Contains(SipHeaderId.Date));
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("7200", 7200)]
    [InlineData("7201", 7200)]
    [InlineData("2147483647", 7200)]
    public void Contract05_AnExpiryIsShortenedAndNeverLengthened(string asked, int granted)
    {
        var alice = _server.Client("alice");

        Assert.Equal([(alice.Contact, granted)], Bindings(alice.Register(asked)));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("59")]
    public void TooBriefGets423WithMinExpires(string asked)
    {
        var response = _server.Client("alice").Register(asked);

        Assert.Equal(423, response.StatusCode);
        Assert.Equal("60", response.Headers.GetText(SipHeaderId.MinExpires));
    }

    [Fact]
    public void TheContactsOwnExpiresBeatsTheHeaderWhichBeatsTheDefault()
    {
        var alice = _server.Client("alice");
        Assert.Equal([("sip:a@192.0.2.1", 300)], Bindings(alice.Register("600", "<sip:a@192.0.2.1>;expires=300")));

        var bob = _server.Client("bob");
        var request = bob.Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, "<sip:b@192.0.2.1>"));
        Assert.Equal([("sip:b@192.0.2.1", 3600)], Bindings(bob.Call(request)));
    }

    [Fact]
    public void SeveralContactsStandSideBySideAndOneIsTakenBackAlone()
    {
        var alice = _server.Client("alice");
        alice.Register("600", "<sip:a@192.0.2.1>, <sip:a@192.0.2.2>;q=0.5");

        Assert.Equal(
            [("sip:a@192.0.2.1", 600), ("sip:a@192.0.2.2", 600), ("sip:a@192.0.2.3", 600)],
            Bindings(alice.Register("600", "<sip:a@192.0.2.3>")));
        Assert.Equal([("sip:a@192.0.2.1", 600), ("sip:a@192.0.2.3", 600)], Bindings(alice.Register("0", "<sip:a@192.0.2.2>")));
    }

    [Fact]
    public void ARegisterWithoutContactAsksAndChangesNothing()
    {
        var alice = _server.Client("alice");
        alice.Register("600");
        _server.Advance(TimeSpan.FromSeconds(100));

        var response = alice.Call(alice.Request(SipMethod.Register, "sip:localhost"));

        Assert.Equal([(alice.Contact, 500)], Bindings(response));
    }

    [Fact]
    public void ABindingEndsWithItsTimeAndARefreshKeepsIt()
    {
        var alice = _server.Client("alice");
        alice.Register("100");
        _server.Advance(TimeSpan.FromSeconds(90));
        alice.Register("100");
        _server.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(1, _server.Server.Metrics.Contacts);

        _server.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, _server.Server.Metrics.Contacts);
    }

    [Fact]
    public void Contract05_AnOldCSeqUnderTheSameCallIdIsRefused()
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, "<sip:a@192.0.2.1>"));
        Assert.Equal(200, alice.Call(request).StatusCode);

        var old = alice.Authorize(alice.Again(request));
        old.Headers.Set(SipHeaderId.CSeq, "1 REGISTER");
        old.Headers.Set(SipHeaderId.Expires, "0");
        Assert.Equal(500, alice.Send(old).StatusCode);

        Assert.Equal(1, _server.Server.Metrics.Contacts);
        Assert.Equal(200, alice.Send(alice.Authorize(alice.Again(request))).StatusCode);
    }

    [Fact]
    public void AnotherCallIdMayUpdateWithAnyCSeq()
    {
        var alice = _server.Client("alice");
        alice.Register("600");
        var restarted = _server.Client("alice");
        restarted.Contact = alice.Contact;

        Assert.Equal([(alice.Contact, 900)], Bindings(restarted.Register("900")));
    }

    [Theory]
    [InlineData("*", "60")]
    [InlineData("*", null)]
    [InlineData("*, <sip:a@192.0.2.1>", "0")]
    public void Contract05_AWildcardStandsAloneAndNeedsExpires0(string contact, string? expires)
    {
        var alice = _server.Client("alice");
        alice.Register();
        var request = alice.Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, contact));
        if (expires is not null)
        {
            request.Headers.Add(SipHeaderId.Expires, expires);
        }

        Assert.Equal(400, alice.Call(request).StatusCode);
        Assert.Equal(1, _server.Server.Metrics.Contacts);
    }

    [Fact]
    public void AWildcardWithExpires0TakesBackEverything()
    {
        var alice = _server.Client("alice");
        alice.Register("600", "<sip:a@192.0.2.1>, <sip:a@192.0.2.2>");

        var response = alice.Register("0", "*");

        Assert.Equal(200, response.StatusCode);
        Assert.Empty(Bindings(response));
        Assert.Equal(0, _server.Server.Metrics.Contacts);
    }

    [Fact]
    public void Contract05_TenContactsAreAllowedAndTheEleventhGets403AndChangesNothing()
    {
        var alice = _server.Client("alice");
        alice.Register("600", string.Join(", ", Enumerable.Range(1, 9).Select(number => $"<sip:a@192.0.2.{number}>")));

        Assert.Equal(403, alice.Register("600", "<sip:a@192.0.2.10>, <sip:a@192.0.2.11>").StatusCode);
        Assert.Equal(9, _server.Server.Metrics.Contacts);
        Assert.Equal(200, alice.Register("600", "<sip:a@192.0.2.10>").StatusCode);
        Assert.Equal(403, alice.Register("600", "<sip:a@192.0.2.11>").StatusCode);
        Assert.Equal(200, alice.Register("600", "<sip:a@192.0.2.10>").StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    public void AtTheLimitAContactIsSwappedForAnother()
    {
        var alice = _server.Client("alice");
        alice.Register("600", string.Join(", ", Enumerable.Range(1, 10).Select(number => $"<sip:a@192.0.2.{number}>")));
        Assert.Equal(200, alice.Register("600", "<sip:a@192.0.2.1>;expires=0, <sip:a@192.0.2.11>").StatusCode);
        Assert.Equal(10, _server.Server.Metrics.Contacts);

        // What goes and comes again makes no room.
        Assert.Equal(403, alice.Register("600", "<sip:a@192.0.2.2>;expires=0, <sip:a@192.0.2.2>, <sip:a@192.0.2.12>").StatusCode);
        Assert.Equal(10, _server.Server.Metrics.Contacts);
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.3")]
    public void WhatIsRefusedRemovesNothing()
    {
        var before = _server.Client("alice");
        before.Register();
        before.Flow.Close("the client crashed");
        var alice = _server.Client("alice");
        alice.Register("600", string.Join(", ", Enumerable.Range(1, 9).Select(number => $"<sip:a@192.0.2.{number}>")));
        Assert.Equal(403, alice.Register("600", "<sip:a@192.0.2.10>, <sip:a@192.0.2.11>").StatusCode);
        Assert.Equal(10, _server.Server.Metrics.Contacts);
    }

    [Fact]
    public void AContactWhoseConnectionIsGoneMakesRoomForANewOne()
    {
        for (var i = 0; i < 10; i++)
        {
            var before = _server.Client("alice");
            Assert.Equal(200, before.Register().StatusCode);
            before.Flow.Close("the client crashed");
        }

        var now = _server.Client("alice");

        Assert.Equal([(now.Contact, 3600)], Bindings(now.Register()));
    }

    [Fact]
    public void S11_NobodyRegistersForAnotherUser()
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, "<sip:a@192.0.2.1>"));
        request.Headers.Set(SipHeaderId.To, "<sip:bob@localhost>");
        Assert.Equal(403, alice.Call(request).StatusCode);

        request.Headers.Set(SipHeaderId.To, "<sip:nobody@localhost>");
        Assert.Equal(404, alice.Call(alice.Again(request)).StatusCode);
        Assert.Equal(0, _server.Server.Metrics.Contacts);
    }

    [Fact]
    public void AContactOfAnotherSchemeIsRefused() =>
        Assert.Equal(400, _server.Client("alice").Register("600", "<mailto:alice@example.com>").StatusCode);

    [Fact]
    public void AContactThatCannotBeReadIsRefused() =>
        Assert.Equal(400, _server.Client("alice").Register("600", "<sip:alice@192.0.2.1").StatusCode);

    [Fact]
    public void FeatureTagsAndPreferenceAreGivenBack()
    {
        var response = _server.Client("alice").Register("600", "<sip:a@192.0.2.1>;q=0.5;+g.oma.sip-im;+sip.instance=\"<urn:uuid:1>\"");

        var contact = response.Headers.GetText(SipHeaderId.Contact);
        Assert.Contains("q=0.5", contact, StringComparison.Ordinal);
        Assert.Contains("+g.oma.sip-im", contact, StringComparison.Ordinal);
        Assert.Contains("+sip.instance=\"<urn:uuid:1>\"", contact, StringComparison.Ordinal);
    }

    [Fact]
    public void ContactsAreFoundByPreferenceAndOverTheWayTheyCame()
    {
        var phone = _server.Client("alice", SipProtocol.Udp);
        phone.Register("600", $"<{phone.Contact}>;q=0.3");
        var desk = _server.Client("alice");
        desk.Register("600", "<sip:alice@192.168.7.7:5062>;q=0.9");

        var found = Locations.Find("sip:alice@localhost");

        Assert.Equal(["sip:alice@192.168.7.7:5062", phone.Contact], found.Select(contact => contact.Uri.ToString()));
        Assert.Equal([desk.Flow, phone.Flow], found.Select(contact => contact.Flow));
    }

    [Fact]
    public void AContactWhoseConnectionIsGoneIsNotFound()
    {
        var alice = _server.Client("alice");
        alice.Register();
        alice.Flow.Close("gone");

        Assert.Empty(Locations.Find("sip:alice@localhost"));
    }

    public void Dispose() => _server.Dispose();

    private ILocationService Locations => _server.Server.Rooms.Services.Locations;

    private static List<(string Uri, int Expires)> Bindings(SipMessage response) =>
        [.. response.Contacts.Select(contact => (contact.Uri.ToString(), contact.Expires ?? -1))];
}
