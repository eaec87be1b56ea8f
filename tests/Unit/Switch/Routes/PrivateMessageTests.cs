using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>Messages to one participant (RFC 7701 section 6.2).</summary>
public sealed class PrivateMessageTests : RoomTestBase
{
    [Fact]
    public void OnlyThePersonThatItIsForHearsAPrivateMessage()
    {
        var (alice, bob, carol) = JoinThree();
        Assert.Equal(200, alice.Say("psst", Bob));
        Assert.Equal(["psst"], bob.HearTexts());
        Assert.Empty(carol.Hear());
        Assert.Empty(alice.Hear());
    }

    [Fact]
    public void AllSessionsOfThatPersonThatTakePrivateMessagesHearIt()
    {
        var (alice, phone, desk, old) = (Bench.Join(Alice), Bench.Join(Bob), Bench.Join(Bob), Bench.Join(Bob, privateMessages: false));
        alice.Say("psst", Bob);
        Assert.Equal(["psst"], phone.HearTexts());
        Assert.Equal(["psst"], desk.HearTexts());
        Assert.Empty(old.Hear());
    }

    [Fact]
    public void OnesOwnOtherSessionsCanBeWrittenTo()
    {
        var (phone, desk) = (Bench.Join(Alice), Bench.Join(Alice));
        Assert.Equal(200, phone.Say("note to self", Alice));
        Assert.Equal(["note to self"], desk.HearTexts());
        Assert.Empty(phone.Hear());
    }

    [Theory]
    [InlineData("sip:nobody@example.com", 404)]
    [InlineData("sip:dave@example.com", 404)]
    [InlineData("sip:lobby@rooms.example.org", 404)]
    [InlineData("mailto:bob@example.com", 404)]
    [InlineData("", 404)]
    [InlineData("sip:bob@EXAMPLE.com;transport=tcp", 200)]
    [InlineData("sip:LOBBY@rooms.example.com", 404)]
    [InlineData("sip:lobby@Rooms.Example.COM", 200)]
    [InlineData("sip:old@example.com", 428)]
    public void TheRecipientMustBeThere(string to, int code)
    {
        var (alice, bob, carol) = JoinThree();
        Bench.Join("sip:old@example.com", privateMessages: false);
        Bench.Invite("sip:dave@example.com");
        Assert.Equal(code, alice.Say("psst", to));
        Assert.Equal(code == 200, bob.Hear().Count == 1);
        Assert.True(code == 200 || carol.Hear().Count == 0);
    }

    [Fact]
    public void ARoomMayForbidThem()
    {
        using var bench = new RoomBench(new RoomRouteOptions { PrivateMessages = false });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        Assert.Equal(428, alice.Say("psst", Bob));
        Assert.Equal(200, alice.Say("loud"));
        Assert.Equal(["loud"], bob.HearTexts());
    }

    [Fact]
    public void SeveralRecipientsAreTooMany()
    {
        var (alice, bob, carol) = JoinThree();
        var body = MsrpText.Cpim(Alice, Bob, "psst").Replace("DateTime", $"To: <{Carol}>\r\nDateTime", StringComparison.Ordinal);
        Assert.Equal(403, alice.SendWhole(body));
        Assert.Empty(bob.Hear());
        Assert.Empty(carol.Hear());
    }

    [Fact]
    public void ALongPrivateMessageStaysPrivate()
    {
        var (alice, bob, carol) = JoinThree();
        var body = MsrpText.Cpim(Alice, Bob, new string('x', 500));
        Assert.All(alice.SendInChunks("long", body, 100), static code => Assert.Equal(200, code));
        alice.SendChunk("gone", body[..200], 1, body.Length);
        alice.Msrp.Send("gone", "", $"201-200/{body.Length}", '#');
        Assert.Equal([body], bob.Hear());
        Assert.Equal(1, bob.Aborted);
        Assert.Empty(carol.Msrp.Take());
    }

    [Fact]
    public void WhoComesBackInTheMiddleDoesNotHearTheRest()
    {
        var (alice, bob, _) = JoinThree();
        var body = MsrpText.Cpim(Alice, Bob, new string('x', 500));
        alice.SendChunk("long", body[..200], 1, body.Length);
        bob.Member.Leave();
        Bench.Msrp.Run();
        var again = Bench.Join(Bob);
        Assert.Equal(200, alice.SendChunk("long", body[200..], 201, body.Length, '$'));
        Assert.Empty(again.Msrp.Take());
    }
}
