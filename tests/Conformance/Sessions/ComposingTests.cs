using System.Xml.Linq;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>"Is composing" (RFC 3994): said and heard by our client, passed on and kept by nobody.</summary>
public sealed class ComposingTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Type = "application/im-iscomposing+xml";
    private static readonly XNamespace Composing = "urn:ietf:params:xml:ns:im-iscomposing";

    [Fact]
    [Trait("Section", "RFC 3994 3.2")]
    public async Task TheFirstKeySaysActiveAndOnceOnly()
    {
        await using var talk = await Talk.BeginAsync(lobby, "bob");
        talk.Session.Typed();
        talk.Session.Typed();
        await talk.Session.SendAsync("typed");
        var notice = await talk.Msrp.MessageAsync();
        var document = Document(notice);
        Assert.Equal(("active", "text/plain"), ((string?)document.Element(Composing + "state"), (string?)document.Element(Composing + "contenttype")));
        Assert.InRange((int)document.Element(Composing + "refresh")!, 60, 600);
        await talk.Msrp.RespondAsync(notice);
        Assert.EndsWith("typed", (await talk.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3994 3.2")]
    public async Task WhatIsGivenUpIsIdle()
    {
        await using var talk = await Talk.BeginAsync(lobby, "bob");
        talk.Session.Typed();
        talk.Session.StoppedTyping();
        Assert.Equal("active", (string?)Document(await talk.Msrp.MessageAsync()).Element(Composing + "state"));
        Assert.Equal("idle", (string?)Document(await talk.Msrp.MessageAsync()).Element(Composing + "state"));
    }

    [Fact]
    [Trait("Section", "RFC 3994 3.3")]
    public async Task AMessageEndsTheWriting()
    {
        await using var talk = await Talk.BeginAsync(lobby, "carol");
        await talk.SayAsync("comp1", Notice("active"), Type);
        Assert.True((await SessionSteps.NextAsync<PeerComposing>(talk.Session)).IsActive);
        await talk.SayAsync("text1", "here it is", "text/plain");
        Assert.False((await SessionSteps.NextAsync<PeerComposing>(talk.Session)).IsActive);
    }

    [Fact]
    [Trait("Section", "RFC 3994 3.3")]
    public async Task AStateThatIsNotKnownIsIdle()
    {
        await using var talk = await Talk.BeginAsync(lobby, "carol");
        await talk.SayAsync("comp2", Notice("active"), Type);
        Assert.True((await SessionSteps.NextAsync<PeerComposing>(talk.Session)).IsActive);
        await talk.SayAsync("comp3", Notice("dreaming"), Type);
        Assert.False((await SessionSteps.NextAsync<PeerComposing>(talk.Session)).IsActive);
    }

    [Fact]
    [Trait("Section", "RFC 3994 4")]
    public async Task ANoticeIsNoMessageAndIsNotRefused()
    {
        var messages = new Arrivals<ImMessage>();
        await using var dave = await lobby.ClientAsync("dave", client => client.MessageReceived += messages.Add);
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(200, (await alice.RequestAsync("MESSAGE", "sip:dave@localhost", $"Content-Type: {Type}\r\n", Notice("active"))).Status);
        Assert.Equal(200, (await alice.RequestAsync("MESSAGE", "sip:dave@localhost", "Content-Type: text/plain\r\n", "the first message")).Status);
        Assert.Equal("the first message", (await messages.NextAsync()).Text);
    }

    [Fact]
    [Trait("Section", "RFC 3994 4")]
    public async Task ANoticeWaitsForNobody()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        Assert.Equal(480, (await alice.RequestAsync("MESSAGE", "sip:alice@localhost", $"Content-Type: {Type}\r\n", Notice("active"))).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3994 4")]
    public async Task ANoticeReachesTheOthersInARoom()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var notice = Lobby.Cpim("bob", Notice("active")).Replace("text/plain", Type, StringComparison.Ordinal);
        await bob.SayAsync("comp4", notice, "message/cpim", "Failure-Report: no");
        Assert.Equal(notice, (await alice.Msrp.MessageAsync()).Body);
    }

    private static string Notice(string state) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><isComposing xmlns=\"{Composing}\"><state>{state}</state><contenttype>text/plain</contenttype><refresh>90</refresh></isComposing>";

    private static XElement Document(MsrpWireFrame frame)
    {
        var isWrapped = frame["Content-Type"] == "message/cpim";
        Assert.Contains(Type, isWrapped ? frame.Body : frame["Content-Type"], StringComparison.Ordinal);
        return XDocument.Load(new StringReader(isWrapped ? CpimText.Read(frame.Body!).Content : frame.Body!)).Root!;
    }
}
