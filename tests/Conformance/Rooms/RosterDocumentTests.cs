using System.Xml.Linq;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>What a roster's document says of a room and of those in it (RFC 4575 sections 3.3, 4.4 and 5), and whose the room is (RFC 4353).</summary>
public sealed class RosterDocumentTests(Lobby lobby) : IClassFixture<Lobby>
{
    private static readonly XNamespace Info = RosterText.Namespace;

    [Fact]
    [Trait("Section", "RFC 4575 3.3")]
    public async Task ASubscriptionThatNamesNoTimeHoldsForAnHour()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var response = await alice.Dialog.RequestAsync("SUBSCRIBE", $"Contact: <{alice.Sip.ContactUri}>\r\nEvent: conference\r\n");
        Assert.Equal((200, "3600"), (response.Status, response["Expires"]));
        await RosterText.NotifiedAsync(alice.Sip);
    }

    [Fact]
    [Trait("Section", "RFC 4575 4.4")]
    public async Task InAPartialDocumentEachElementSaysWhetherItIsWhole()
    {
        await using var alice = await lobby.JoinAsync("alice");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        var first = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        Assert.Equal(("full", "full"), ((string?)first.Attribute("state"), (string?)first.Element(Info + "users")!.Attribute("state")));
        await using var bob = await lobby.JoinAsync("bob");
        var second = RosterText.Document(await RosterText.NotifiedAsync(alice.Sip));
        Assert.Equal(("partial", "partial"), ((string?)second.Attribute("state"), (string?)second.Element(Info + "users")!.Attribute("state")));
        Assert.Equal(("full", "full"), ((string?)second.Descendants(Info + "user").Single().Attribute("state"), (string?)second.Descendants(Info + "endpoint").Single().Attribute("state")));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.1")]
    public async Task TheDocumentNamesTheRoomItsStateAndItsVersion()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var document = await RosterText.FetchAsync(alice);
        Assert.Equal((Info + "conference-info", Lobby.Room, "full"), (document.Name, (string?)document.Attribute("entity"), (string?)document.Attribute("state")));
        Assert.Matches("^[0-9]+$", (string?)document.Attribute("version"));
        string[] order = ["conference-description", "host-info", "conference-state", "users"];
        var places = document.Elements().Select(element => Array.IndexOf(order, element.Name.LocalName)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.7")]
    public async Task AnEndpointIsAnAddressAndItsElementsStandInOrder()
    {
        await using var alice = await lobby.JoinAsync("alice");
        var endpoint = (await RosterText.FetchAsync(alice)).Descendants(Info + "endpoint").Single();
        Assert.StartsWith("sip:", (string?)endpoint.Attribute("entity"), StringComparison.Ordinal);
        Assert.Equal(["status", "joining-method"], endpoint.Elements().Select(static element => element.Name.LocalName));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.7.3")]
    public async Task WhoIsCalledIsShownAsDialledOutUntilHeIsThere()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var bob = await lobby.RegisterAsync("bob");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        await RosterText.NotifiedAsync(alice.Sip);
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:bob@localhost>", "Refer-Sub: false\r\n"), 202);
        Assert.Equal("dialing-out", await BobsAsync(alice, "status"));
        await using var there = await RoomMaking.AcceptAsync(bob, await bob.IncomingAsync("INVITE"));
        Assert.Equal("connected", await BobsAsync(alice, "status"));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.7.4")]
    public async Task HowSomebodyCameStandsThere()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var bob = await RoomMaking.CallInAsync(lobby, alice, "bob");
        var document = await RosterText.FetchAsync(alice);
        Assert.Equal(
            ("dialed-in", "dialed-out"),
            (Of(document, "alice").Descendants(Info + "joining-method").Single().Value, Of(document, "bob").Descendants(Info + "joining-method").Single().Value));
    }

    [Fact]
    [Trait("Section", "RFC 4575 5.7.7")]
    public async Task WhySomebodyDidNotComeStandsThereAsAReason()
    {
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        await using var bob = await lobby.RegisterAsync("bob");
        WireUser.Expect(await RoomMaking.ReferAsync(alice, "<sip:bob@localhost>", "Refer-Sub: false\r\n"), 202);
        await bob.RespondAsync(await bob.IncomingAsync("INVITE"), 486, "Busy Here", tag: "b1");
        await bob.IncomingAsync("ACK");
        WireUser.Expect(await RosterText.SubscribeAsync(alice), 200);
        XElement? info;
        while ((info = Of(RosterText.Document(await RosterText.NotifiedAsync(alice.Sip)), "bob").Descendants(Info + "disconnection-info").FirstOrDefault()) is null)
        {
        }

        Assert.StartsWith("SIP;cause=486", info.Element(Info + "reason")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4353 3.1")]
    public async Task EachConferenceHasAnAddressOfItsOwnThatLeadsToItsFocus()
    {
        await using var one = await RoomMaking.CreateAsync(lobby, "alice");
        await using var other = await RoomMaking.CreateAsync(lobby, "alice");
        var (first, second) = (one.Dialog.Response.Uri("Contact"), other.Dialog.Response.Uri("Contact"));
        Assert.NotEqual(first, second);
        await using var again = await lobby.JoinRoomAsync("alice", first);
        Assert.Equal((first, true), (again.Dialog.Response.Uri("Contact"), again.Dialog.Response["Contact"].Contains(";isfocus", StringComparison.Ordinal)));
        await again.SayAsync("own1", Lobby.Cpim("alice", "to the first", first));
        Assert.EndsWith("to the first", (await one.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
        await other.Msrp.FlushAsync();
        Assert.DoesNotContain(other.Msrp.Received, static frame => frame.Body is { Length: > 0 });
    }

    private static async Task<string> BobsAsync(WireMember watcher, string name) =>
        Of(RosterText.Document(await RosterText.NotifiedAsync(watcher.Sip)), "bob").Descendants(Info + name).Single().Value;

    private static XElement Of(XElement document, string user) =>
        document.Descendants(Info + "user").Single(element => (string?)element.Attribute("entity") == $"sip:{user}@localhost");
}
