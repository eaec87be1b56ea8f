using System.Security.Cryptography;
using System.Text;
using OmaIm.Load.Messages;
using OmaIm.Protocols.Cpim;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Messages;

public sealed class MessageTemplateTests
{
    private const string From = "sip:load1@localhost";
    private const string Room = "sip:lobby@rooms.localhost";

    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void ABodyIsACpimMessageToTheRoomThatEndsWithTheText()
    {
        var template = new MessageTemplate(7, From, Room, 64, Time);
        var body = template.Create();
        template.Stamp(body, 42, 1000);

        Assert.True(CpimMessage.TryParse(body, out var message));
        Assert.Equal((From, Room), (message.From?.Uri, message.To[0].Uri));
        Assert.Equal(64, message.Content.Length);
        Assert.True(Marker.TryRead(body.AsSpan()[^64..], out var marker));
        Assert.Equal(new Marker(7, 42, 1000), marker);
        Assert.True(template.IsIntact(body));
    }

    [Fact]
    public void ADamagedByteOfTheTextIsNoticed()
    {
        var template = new MessageTemplate(7, From, Room, 64, Time);
        for (var fromEnd = 1; fromEnd <= 64 - Marker.Length; fromEnd++)
        {
            var body = template.Create();
            body[^fromEnd] ^= 1;
            Assert.False(template.IsIntact(body), $"{fromEnd} from the end");
        }
    }

    [Theory]
    [InlineData(From, "sip:load2@localhost")]
    [InlineData(Room, "sip:other@rooms.localhost")]
    public void AnotherSenderOrRoomIsNoticed(string right, string wrong)
    {
        var template = new MessageTemplate(7, From, Room, 64, Time);
        var body = Encoding.UTF8.GetString(template.Create()).Replace(right, wrong, StringComparison.Ordinal);

        Assert.False(template.IsIntact(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void HeadersThatTheServerWritesAnewAreNotItsDamage()
    {
        var template = new MessageTemplate(7, From, Room, 64, Time);
        var body = Encoding.UTF8.GetString(template.Create()).Replace("DateTime: 2026", "Subject: x\r\nDateTime: 2027", StringComparison.Ordinal);

        Assert.True(template.IsIntact(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void TextsOfTwoSendersDiffer()
    {
        var one = new MessageTemplate(1, From, Room, 64, Time);
        var other = new MessageTemplate(2, From, Room, 64, Time);

        Assert.False(one.IsIntact(other.Create()));
    }

    [Fact]
    public void ALargeContentIsHashedAsItIsSent()
    {
        var content = new BigContent(9, From, Room, 200_000, 5, Time);

        Assert.True(CpimMessage.TryParse(content.Body, out var message));
        Assert.Equal(200_000, message.Content.Length);
        Assert.Equal(content.Sha256, SHA256.HashData(message.Content.Span));
        Assert.True(message.Content.Span.IndexOf("\r\n-------"u8) > 0);
    }
}
