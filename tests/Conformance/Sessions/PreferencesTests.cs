using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>Which of a user's contacts a request goes to (RFC 3840, RFC 3841).</summary>
public sealed class PreferencesTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Im = "+g.oma.sip-im";

    [Fact]
    [Trait("Section", "RFC 3840 9")]
    public async Task WhatAContactSaysOfItselfIsKept()
    {
        await using var dave = await RegisterAsync("dave", $";{Im};+sip.instance=\"<urn:uuid:6f1d0c2e-0000-4000-8000-00000000000a>\";methods=\"MESSAGE,INVITE\"");
        var contact = (await dave.RequestAsync("REGISTER", "sip:localhost", to: dave.Address)).All("Contact").Single(value => value.Contains(dave.ContactUri, StringComparison.Ordinal));
        Assert.Contains(";" + Im, contact, StringComparison.Ordinal);
        Assert.Contains("methods=\"MESSAGE,INVITE\"", contact, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2.4")]
    public async Task OnlyAContactThatStatesWhatIsRequiredGetsIt()
    {
        await using var phone = await RegisterAsync("bob", ";audio;video");
        await using var messenger = await RegisterAsync("bob", ";" + Im);
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "bob", $"Accept-Contact: *;{Im};require;explicit\r\n");
        await messenger.RespondAsync(await messenger.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
        await NothingCameAsync(phone);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2.4")]
    public async Task WhenNoContactMatchesTheUserIsNotThere()
    {
        await using var phone = await RegisterAsync("carol", ";audio;video");
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(480, (await SendAsync(alice, "carol", $"Accept-Contact: *;{Im};require;explicit\r\n")).Status);
        await NothingCameAsync(phone);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2.4")]
    public async Task WhatIsAskedForWithoutRequireIsAWishOnly()
    {
        await using var phone = await RegisterAsync("dave", ";audio");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "dave", $"Accept-Contact: *;{Im}\r\n");
        await phone.RespondAsync(await phone.IncomingAsync("MESSAGE"), 200, "OK", tag: "d1");
        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2.4")]
    public async Task AContactThatTheCallerRejectsDoesNotGetIt()
    {
        await using var robot = await RegisterAsync("dave", $";{Im};automata");
        await using var messenger = await RegisterAsync("dave", ";" + Im);
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "dave", "Reject-Contact: *;automata\r\n");
        await messenger.RespondAsync(await messenger.IncomingAsync("MESSAGE"), 200, "OK", tag: "d1");
        Assert.Equal(200, (await sending).Status);
        await NothingCameAsync(robot);
    }

    [Fact]
    [Trait("Section", "RFC 3841 7.2.2")]
    public async Task WhoAsksForNothingAsksForContactsThatKnowTheMethod()
    {
        await using var phone = await RegisterAsync("bob", ";audio;methods=\"INVITE,ACK,BYE\"");
        await using var messenger = await RegisterAsync("bob", ";audio;methods=\"INVITE,MESSAGE\"");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "bob", "");
        await messenger.RespondAsync(await messenger.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
        await NothingCameAsync(phone);
    }

    [Theory]
    [InlineData("Accept-Contact: *;audio, * ;video;require;explicit\r\n")]
    [InlineData("Accept-Contact: *;audio\r\na: *;VIDEO=\"TRUE\";explicit;require\r\n")]
    [InlineData("Reject-Contact: *;automata, *;audio;video=\"FALSE\"\r\n")]
    [InlineData("j: *;audio;video=\"FALSE\"\r\n")]
    [Trait("Section", "RFC 3841 9.2")]
    public async Task WishesStandInListsUnderAnyFormOfTheirName(string headers)
    {
        await using var phone = await RegisterAsync("carol", ";audio;video=\"FALSE\"");
        await using var screen = await RegisterAsync("carol", ";audio;video");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, "carol", headers);
        await screen.RespondAsync(await screen.IncomingAsync("MESSAGE"), 200, "OK", tag: "c1");
        Assert.Equal(200, (await sending).Status);
        await NothingCameAsync(phone);
    }

    private Task<WireUser> RegisterAsync(string user, string features) => WireUser.RegisteredAsync(lobby.Appliance.Host.SipTcp, user, features);

    private static Task<SipText> SendAsync(WireUser alice, string to, string headers) =>
        alice.RequestAsync("MESSAGE", $"sip:{to}@localhost", headers + "Content-Type: text/plain\r\n", "which of you?");

    // What was sent to it before has come when this is answered.
    private static async Task NothingCameAsync(WireUser device)
    {
        WireUser.Expect(await device.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.DoesNotContain(device.Received, static message => message.Method == "MESSAGE");
    }
}
