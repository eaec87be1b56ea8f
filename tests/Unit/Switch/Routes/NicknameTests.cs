using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>NICKNAME requests (RFC 7701 section 7): the switch reads them, the focus decides.</summary>
public sealed class NicknameTests : RoomTestBase
{
    [Theory]
    [InlineData("\"Alice the great\"", "Alice the great")]
    [InlineData("\"\"", "")]
    [InlineData("\"a \\\"b\\\" \\\\ c\"", "a \"b\" \\ c")]
    [InlineData("\"Gr\u00c3\u00bc\u00c3\u009fe\"", "Gr\u00fc\u00dfe")]
    public void AWishReachesTheFocusAndItsAnswerTheMember(string value, string nickname)
    {
        var (alice, bob, _) = JoinThree();
        var id = alice.Msrp.Request("NICKNAME", "Use-Nickname: " + value);
        Assert.Empty(alice.Msrp.Take());
        var request = Assert.Single(Bench.Nicknames);
        Assert.Equal(nickname, request.Nickname);
        request.Accept();
        var answer = alice.Msrp.TakeOne();
        Assert.Equal((id, 200, alice.Msrp.Path, alice.Msrp.SessionPath), (answer.TransactionId, answer.StatusCode, answer.ToPath, answer.FromPath));
        Assert.Empty(bob.Msrp.Take());
    }

    [Theory]
    [InlineData("Use-Nickname: Alice", 424)]
    [InlineData("Use-Nickname: \"", 424)]
    [InlineData("Use-Nickname: \"a\"b\"", 424)]
    [InlineData("Use-Nickname: \"a\\\"", 424)]
    [InlineData("Use-Nickname:", 424)]
    [InlineData("X-Nickname: \"a\"", 424)]
    public void m21_AMalformedWishIsRefusedAtOnce(string header, int code)
    {
        var (alice, _, _) = JoinThree();
        alice.Msrp.Request("NICKNAME", header);
        Assert.Equal(code, alice.Msrp.TakeOne().StatusCode);
        Assert.Empty(Bench.Nicknames);
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.NicknameMalformed));
    }

    [Fact]
    public void m21_AVeryLongWishIsRefusedAtOnce()
    {
        var (alice, _, _) = JoinThree();
        alice.Msrp.Request("NICKNAME", $"Use-Nickname: \"{new string('a', 511)}\"");
        Assert.Equal(423, alice.Msrp.TakeOne().StatusCode);
        Assert.Empty(Bench.Nicknames);
    }

    [Theory]
    [InlineData(MsrpRejection.NicknameTooLong, 423)]
    [InlineData(MsrpRejection.NicknameMalformed, 424)]
    [InlineData(MsrpRejection.NicknameInUse, 425)]
    [InlineData(MsrpRejection.NicknameForbidden, 403)]
    public void TheFocusMayRefuse(MsrpRejection rejection, int code)
    {
        var (alice, _, _) = JoinThree();
        alice.Msrp.Request("NICKNAME", "Use-Nickname: \"Bob\"");
        Bench.Nicknames[0].Reject(rejection);
        Assert.Equal(code, alice.Msrp.TakeOne().StatusCode);
        Assert.Equal(1, Bench.Statistics.Rejections(rejection));
    }

    [Fact]
    public void AWishWithABodyIsOneWish()
    {
        var (alice, _, _) = JoinThree();
        alice.Connection.Receive(
            MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "1234", new string('x', 200_000), headers: "Use-Nickname: \"Al\"")
                .Replace("abcd SEND", "abcd NICKNAME", StringComparison.Ordinal));
        Bench.Msrp.Run();
        Assert.Equal("Al", Assert.Single(Bench.Nicknames).Nickname);
        Bench.Nicknames[0].Accept();
        Assert.Equal(200, alice.Msrp.TakeOne().StatusCode);
    }

    [Fact]
    public void OnlyFewWishesWaitAtATime()
    {
        var (alice, bob, _) = JoinThree();
        for (var i = 0; i < 200; i++)
        {
            alice.Msrp.Request("NICKNAME", $"Use-Nickname: \"n{i}\"");
        }

        var waiting = Bench.Nicknames.Count;
        Assert.InRange(waiting, 1, 16);
        Assert.Equal(200 - waiting, alice.Msrp.Take().Count(static answer => answer.StatusCode == 403));
        bob.Msrp.Request("NICKNAME", "Use-Nickname: \"other\"");
        Assert.Equal(waiting + 1, Bench.Nicknames.Count);
        foreach (var request in Bench.Nicknames.ToList())
        {
            request.Accept();
        }

        Assert.Equal(waiting, alice.Msrp.Take().Count);
        alice.Msrp.Request("NICKNAME", "Use-Nickname: \"again\"");
        Assert.Equal("again", Bench.Nicknames[^1].Nickname);
    }

    [Fact]
    public void AnAnswerToAMemberWhoIsGoneGoesNowhere()
    {
        var (alice, _, _) = JoinThree();
        alice.Msrp.Request("NICKNAME", "Use-Nickname: \"Al\"");
        alice.Connection.EndInput();
        Bench.Msrp.Run();
        Bench.Nicknames[0].Reject(MsrpRejection.NicknameInUse);
        Bench.Msrp.Run();
        Assert.Equal(0, Bench.Statistics.CallbackFailures);
    }
}
