using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class IncomingMessagesTests
{
    private const string Room = "sip:lobby@rooms.localhost";

    private static readonly SipUri Self = SipUri.Parse("sip:alice@localhost");
    private static readonly DateTimeOffset Sent = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private readonly Roster _roster = new(Self);
    private readonly EventQueue _events = new(10, 1000);
    private readonly IncomingMessages _incoming;

    public IncomingMessagesTests()
    {
        _incoming = new IncomingMessages(Self, _roster, _events) { Room = SipUri.Parse(Room) };
    }

    [Fact]
    public void AMessageIsUnwrapped()
    {
        var message = Take(Wrap("sip:bob@LOCALHOST", null, Room, "grüß dich"u8));
        Assert.Equal(("sip:bob@localhost", "bob", Room), (message.From, message.FromName, message.To));
        Assert.Equal((Sent, "text/plain;charset=UTF-8", "grüß dich"), (message.SentAt, message.ContentType, message.Text));
        Assert.True(message.IsText);
        Assert.False(message.IsPrivate);
    }

    [Fact]
    public void TheNameIsTheNicknameOrTheUserAndNeverTheOneThatTheMessageGivesItself()
    {
        Assert.Equal("bob", Take(Wrap("sip:bob@localhost", null, Room, "x"u8)).FromName);
        Assert.Equal("mallory", Take(Wrap("sip:mallory@localhost", "alice", Room, "x"u8)).FromName);
        _roster.Apply(
            new ConferenceInfo { Entity = Room, Version = 1, Users = [new ConferenceUser { Entity = "sip:bob@localhost", DisplayText = "The great" }] },
            []);
        Assert.Equal("The great", Take(Wrap("sip:bob@localhost", "Bob", Room, "x"u8)).FromName);
    }

    [Fact]
    public void WhatIsAddressedToTheUserIsPrivate() => Assert.True(Take(Wrap("sip:bob@localhost", null, "sip:alice@localhost", "psst"u8)).IsPrivate);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x")]
    public void WhatIsNoCpimIsNoMessage(string contentType)
    {
        Assert.False(_incoming.Take(contentType, Wrap("sip:bob@localhost", null, Room, "x"u8)));
        Assert.False(_events.TryRead(out _));
    }

    [Fact]
    public void BrokenCpimIsNoMessage()
    {
        _incoming.Take("message/cpim", "From: <sip:bob@localhost>\r\n"u8.ToArray());
        Assert.False(_events.TryRead(out _));
    }

    [Fact]
    public void ClientsThatLeaveFromOutAreShownAllTheSame()
    {
        _incoming.Take("Message/CPIM", "DateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-type: text/plain\r\n\r\nhi"u8.ToArray());
        Assert.True(_events.TryRead(out var message));
        Assert.Equal("hi", ((MessageReceived)message).Text);
    }

    [Fact]
    public void WhatTheReaderIsTooFarBehindForIsNotTaken()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_incoming.Take("message/cpim", Wrap("sip:bob@localhost", null, Room, "x"u8)));
        }

        Assert.False(_incoming.Take("message/cpim", Wrap("sip:bob@localhost", null, Room, "x"u8)));
    }

    private MessageReceived Take(byte[] body)
    {
        _incoming.Take("message/cpim", body);
        Assert.True(_events.TryRead(out var message));
        return Assert.IsType<MessageReceived>(message);
    }

    private static byte[] Wrap(string from, string? name, string to, ReadOnlySpan<byte> text) =>
        CpimWriter.Wrap(from, name, to, Sent, "text/plain;charset=UTF-8", text);
}
