using System.Xml.Linq;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>The roster of a room as a conference event package (RFC 4575), and its subscriptions (RFC 6665).</summary>
public sealed class RosterTests(Lobby lobby) : IClassFixture<Lobby>
{
    private static readonly XNamespace Info = RosterText.Namespace;

    [Fact]
    [Trait("Section", "RFC 4575 4.6")]
    public async Task TheFirstDocumentIsFullAndTheNextOnesCountOn()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        var first = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        Assert.Equal(("full", Lobby.Room), ((string?)first.Attribute("state"), (string?)first.Attribute("entity")));
        await using var bob = await lobby.JoinAsync("bob");
        var second = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        Assert.Equal("partial", (string?)second.Attribute("state"));
        Assert.Equal((uint)first.Attribute("version")! + 1, (uint)second.Attribute("version")!);
        Assert.Equal(["sip:bob@localhost"], RosterText.Users(second).Select(static user => user.Entity));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.6")]
    public async Task EachUserStandsThereOnceWithHisSessions()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var phone = await lobby.JoinAsync("bob");
        await using var laptop = await lobby.JoinAsync("bob");
        var document = await RosterText.FetchAsync(alice);
        var bob = document.Descendants(Info + "user").Single(static user => (string?)user.Attribute("entity") == "sip:bob@localhost");
        var endpoints = bob.Elements(Info + "endpoint").ToList();
        Assert.Equal(2, endpoints.DistinctBy(static endpoint => (string?)endpoint.Attribute("entity")).Count());
        Assert.All(endpoints, static endpoint => Assert.Equal("connected", (string?)endpoint.Element(Info + "status")));
        Assert.Equal("2", (string?)document.Element(Info + "conference-state")!.Element(Info + "user-count"));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.7.6")]
    public async Task WhoLeavesIsDeletedAndHasDeparted()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var bob = await lobby.JoinAsync("bob");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        await RosterText.NotifiedAsync(alice.Sip);
        await bob.DisposeAsync();
        var document = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        Assert.Equal([("sip:bob@localhost", "deleted")], RosterText.Users(document));
        Assert.Equal("departed", (string?)document.Descendants(Info + "disconnection-method").Single());
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.2.1.2")]
    [Trait("Section", "RFC 6665 8.2.3")]
    public async Task ARefreshIsAnsweredWithTheWholeStateAndTheNewTime()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        Assert.Matches("^active;expires=(600|59[0-9])$", (await RosterText.NotifiedAsync(alice.Sip))["Subscription-State"]);
        Assert.Equal("300", (await RosterText.SubscribeAsync(alice, seconds: 300))["Expires"]);
        var notify = await RosterText.NotifiedAsync(alice.Sip);
        Assert.Matches("^active;expires=(300|29[0-9])$", notify["Subscription-State"]);
        Assert.Equal("full", (string?)RosterText.Document(notify).Attribute("state"));
    }

    [Fact]
    [Trait("Section", "RFC 6665 8.2.1")]
    public async Task SubscriptionsOfOneDialogAreToldApartByTheirId()
    {
        await using var alice = await lobby.JoinAsync("alice");
        foreach (var package in new[] { "conference;id=a", "conference;id=A" })
        {
            WireUser.Expect(await RosterText.SubscribeAsync(alice, package: package), 200);
            Assert.Equal(package, (await RosterText.NotifiedAsync(alice.Sip))["Event"]);
        }

        WireUser.Expect(await RosterText.SubscribeAsync(alice, seconds: 0, package: "conference;id=a"), 200);
        var last = await RosterText.NotifiedAsync(alice.Sip);
        Assert.Equal("conference;id=a", last["Event"]);
        Assert.StartsWith("terminated", last["Subscription-State"], StringComparison.Ordinal);
        Assert.Equal(489, (await RosterText.SubscribeAsync(alice, package: "CONFERENCE")).Status); // byte by byte
    }

    [Theory]
    [InlineData(404, 481)]
    [InlineData(481, 481)]
    [InlineData(500, 200)]
    [Trait("Section", "RFC 5057 5.1")]
    public async Task SomeRefusalsOfANotificationEndTheSubscription(int status, int refreshed)
    {
        await using var alice = await lobby.JoinAsync("alice");
        var dialog = new WireDialog(alice.Sip, WireUser.NewId(), $"<{alice.Sip.Address}>;tag={WireUser.NewId()}", $"<{Lobby.Room}>", Lobby.Room);
        var subscribe = $"Contact: <{alice.Sip.ContactUri}>\r\nEvent: conference\r\nExpires: 600\r\n";
        var response = await dialog.RequestAsync("SUBSCRIBE", subscribe);
        (dialog.To, dialog.Target) = (response["To"], response.Uri("Contact"));
        await alice.Sip.RespondAsync(await alice.Sip.IncomingAsync("NOTIFY"), status);
        Assert.Equal(refreshed, (await dialog.RequestAsync("SUBSCRIBE", subscribe)).Status);
    }

    [Fact]
    [Trait("Section", "RFC 4575 3.5")]
    public async Task WhoTakesNoConferenceInfoIs406()
    {
        await using var alice = await lobby.JoinAsync("alice");
        Assert.Equal(406, (await RosterText.SubscribeAsync(alice, headers: "Accept: text/plain\r\n")).Status);
    }

    [Fact]
    [Trait("Section", "RFC 4575 3.7")]
    public async Task WhoMayNotJoinMayNotWatch()
    {
        await using var dave = await lobby.ConnectAsync("dave");
        var response = await dave.RequestAsync("SUBSCRIBE", Lobby.Club, $"Contact: <{dave.ContactUri}>\r\nEvent: conference\r\nExpires: 600\r\n");
        Assert.Equal(403, response.Status);
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.2.1.1")]
    public async Task ASubscriptionIsNotifiedAtOnceAndForNoLongerThanAskedFor()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var response = await RosterText.SubscribeAsync(alice, seconds: 700);
        var notify = await RosterText.NotifiedAsync(alice.Sip);
        Assert.Equal((200, "700", "conference"), (response.Status, response["Expires"], notify["Event"]));
        Assert.Matches("^active;expires=([1-6][0-9]{2}|700)$", notify["Subscription-State"]);
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.2.1.1")]
    public async Task AnEventThatIsNotKnownIs489WithThoseThatAre()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var response = await RosterText.SubscribeAsync(alice, package: "presence");
        Assert.Equal((489, "conference"), (response.Status, response["Allow-Events"]));
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.2.1.1")]
    public async Task ATooShortSubscriptionIs423WithTheShortest()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var response = await RosterText.SubscribeAsync(alice, seconds: 1);
        Assert.Equal((423, "60"), (response.Status, response["Min-Expires"]));
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.4.3")]
    public async Task WhoAsksOnceIsToldOnce()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await RosterText.SubscribeAsync(alice, seconds: 0), 200);
        var notify = await RosterText.NotifiedAsync(alice.Sip);
        Assert.StartsWith("terminated", notify["Subscription-State"], StringComparison.Ordinal);
        Assert.NotEqual("", notify.Body);
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.1.2.3")]
    public async Task WhoEndsHisSubscriptionIsToldALastTime()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        await RosterText.NotifiedAsync(alice.Sip);
        WireUser.Expect(await RosterText.SubscribeAsync(alice, seconds: 0), 200);
        Assert.StartsWith("terminated", (await RosterText.NotifiedAsync(alice.Sip))["Subscription-State"], StringComparison.Ordinal);
    }
}
