using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Pager;

/// <summary>Messages to a list and to a group over live connections, between clients that share no code with the server.</summary>
public sealed class ListTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    private const string Features = ";+g.oma.sip-im";

    [Fact]
    [Trait("Section", "RFC 5365 7.3")]
    public async Task EveryEntryGetsItAndTheSenderHearsWhoDidNot()
    {
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob", Features);
        await using var carol = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol", Features);
        await using var phone = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol", ";audio");
        var body = "--b\r\nContent-Type: text/plain\r\n\r\nhello all\r\n--b\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
            + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>"
            + "<entry uri=\"sip:bob@localhost\" cp:copyControl=\"to\"/><entry uri=\"sip:carol@localhost\" cp:copyControl=\"bcc\"/>"
            + "<entry uri=\"sip:dave@localhost\" cp:copyControl=\"bcc\"/></list></resource-lists>\r\n--b--\r\n";

        var sent = alice.RequestAsync(
            "MESSAGE",
            "sip:exploder@localhost",
            "Require: recipient-list-message\r\nAccept-Contact: *;+g.oma.sip-im;require;explicit\r\nContent-Type: multipart/mixed;boundary=b\r\n",
            body);
        foreach (var member in new[] { bob, carol })
        {
            var message = await member.IncomingAsync("MESSAGE");
            Assert.Contains("hello all", message.Body, StringComparison.Ordinal);
            Assert.Contains("sip:bob@localhost", message.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("carol", message.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("dave", message.Body, StringComparison.Ordinal);
            Assert.Equal($"<{member.Address}>", message["To"]);
            await member.RespondAsync(message, 200, "OK");
        }

        var answer = await sent;
        Assert.Equal(202, answer.Status);
        Assert.Equal("399 localhost \"Not delivered to sip:dave@localhost 480\"", answer["Warning"]);
    }

    [Fact]
    [Trait("Section", "OMA IM 5")]
    public async Task TheMembersOfARoomAreAGroup()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob", Features);
        await using var room = await appliance.Client("alice").CreateRoomAsync(["sip:bob@localhost"]);
        await bob.RespondAsync(await bob.IncomingAsync("INVITE"), 486, "Busy Here", tag: "busy");
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        await using var dave = await WireUser.ConnectAsync(appliance.Host.SipTcp, "dave");

        var sent = alice.RequestAsync("MESSAGE", room.RoomUri, "Content-Type: text/plain\r\n", "are you there?");
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(("are you there?", $"<{room.RoomUri}>", alice.Address), (message.Body, message["To"], message.Uri("From")));
        await bob.RespondAsync(message, 200, "OK");
        Assert.Equal(202, (await sent).Status);

        var refused = await dave.RequestAsync("MESSAGE", room.RoomUri, "Content-Type: text/plain\r\n", "me too");
        Assert.Equal((403, "399 localhost \"127 Service not authorised\""), (refused.Status, refused["Warning"]));
    }
}
