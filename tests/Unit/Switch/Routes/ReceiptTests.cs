using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>Receipts and composing notices in a room (<c>src/decisions/0008-receipts-in-rooms.md</c>).</summary>
public sealed class ReceiptTests : RoomTestBase
{
    [Theory]
    [Trait("Section", "RFC 7701 6.2")]
    [InlineData("message/imdn+xml", 200)]
    [InlineData("Message/IMDN+xml;charset=UTF-8", 200)]
    [InlineData("\r\n message/imdn+xml", 200)]
    [InlineData("\r\n\t \r\n message/imdn+xml;\r\n charset=UTF-8", 200)]
    [InlineData("\r\nX-Type: message/imdn+xml", 428)]
    [InlineData("message/imdn+xml-not", 428)]
    [InlineData("text/plain", 428)]
    public void AReceiptGoesToWhoAskedForItWhateverHeSaidAboutPrivateMessages(string type, int code)
    {
        var (alice, old, carol) = (Bench.Join(Alice), Bench.Join(Bob, privateMessages: false), Bench.Join(Carol));
        var body = Message(Bob, type);
        Assert.Equal(code, alice.SendWhole(body));
        Assert.Equal(code == 200 ? [body] : [], old.Hear());
        Assert.Empty(carol.Hear());
    }

    [Fact]
    public void AllSessionsOfThatPersonHearIt()
    {
        var (alice, phone, old) = (Bench.Join(Alice), Bench.Join(Bob), Bench.Join(Bob, privateMessages: false));
        Assert.All(alice.SendInChunks("long", Message(Bob, "message/imdn+xml"), 150), code => Assert.Equal(200, code));
        Assert.Single(phone.Hear());
        Assert.Single(old.Hear());
    }

    [Fact]
    public void ARoomWithoutPrivateMessagesHasNoReceiptsEither()
    {
        using var bench = new RoomBench(new RoomRouteOptions { PrivateMessages = false });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        Assert.Equal(428, alice.SendWhole(Message(Bob, "message/imdn+xml")));
        Assert.Empty(bob.Hear());
    }

    [Fact]
    [Trait("Section", "RFC 3994 3")]
    public void AComposingNoticePassesAsAnyMessage()
    {
        var (alice, bob, carol) = JoinThree();
        var body = Message(RoomBench.Uri, "application/im-iscomposing+xml");
        Assert.Equal(200, alice.SendWhole(body));
        Assert.Equal([body], bob.Hear());
        Assert.Equal([body], carol.Hear());
    }

    private static string Message(string to, string type) =>
        MsrpText.Cpim(Alice, to, "<content/>").Replace("Content-Type: text/plain", "Content-Type: " + type, StringComparison.Ordinal);
}
