using OmaIm.Protocols.Msrp;
using OmaIm.Server.Rooms;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class NicknameTableTests
{
    private readonly NicknameTable _table = new(user => user is "alice" or "bob" or "carol");

    [Fact]
    public void Contract27_ANicknameIsUniqueByPrecisRules()
    {
        Assert.Equal(NicknameVerdict.Granted, Reserve("alice", "The Boss"));

        foreach (var alike in new[] { "The Boss", "the boss", "  THE   BOSS ", "\uFF34he Boss" })
        {
            Assert.Equal(NicknameVerdict.Taken, Reserve("bob", alike));
        }
    }

    [Fact]
    public void Contract27_ANicknameIsFreedByChangingLeavingAndGivingUp()
    {
        Reserve("alice", "one");
        Reserve("alice", "two");
        Assert.Equal(NicknameVerdict.Granted, Reserve("bob", "one"));

        Assert.Equal(NicknameVerdict.GivenUp, Reserve("alice", ""));
        Assert.Null(_table.Of(Aor("alice")));
        Assert.Equal(NicknameVerdict.Granted, Reserve("bob", "two"));

        _table.Free(Aor("bob"));
        Assert.Equal(NicknameVerdict.Granted, Reserve("carol", "two"));
    }

    [Theory]
    [InlineData("Anonymous 1")]
    [InlineData("anonymous  12")]
    [InlineData("ANONYMOUS7")]
    [InlineData("Anonymous")]
    public void NobodySpeaksForTheUnnamed(string nickname) => Assert.Equal(NicknameVerdict.Taken, Reserve("alice", nickname));

    [Theory]
    [InlineData("Anonymous Coward")]
    [InlineData("An onymous 1")]
    public void OtherNamesAreFree(string nickname) => Assert.Equal(NicknameVerdict.Granted, Reserve("alice", nickname));

    // Accounts are told apart by case, nicknames are not.
    [Fact]
    [Trait("Section", "RFC 8266 2.4")]
    public void AnAccountWithCapitalsIsNobodyElsesNickname()
    {
        var accounts = new OmaIm.Server.Admission.ConfiguredCredentials(
            [new OmaIm.Server.Core.AccountOptions { User = "Boss", Password = "x" }, new OmaIm.Server.Core.AccountOptions { User = "alice", Password = "x" }], "localhost");
        var table = new NicknameTable(accounts.HasAlike);
        Assert.Equal(NicknameVerdict.Taken, table.Reserve("alice", Aor("alice"), "boss"));
        Assert.Equal(NicknameVerdict.Taken, table.Reserve("alice", Aor("alice"), "Boss"));
        Assert.Equal(NicknameVerdict.Granted, table.Reserve("Boss", Aor("Boss"), "BOSS"));
    }

    [Fact]
    public void WhoIsRefusedKeepsTheNicknameThatHeHas()
    {
        Reserve("alice", "one");
        Reserve("bob", "two");

        Assert.Equal(NicknameVerdict.Taken, Reserve("bob", "one"));
        Assert.Equal("two", _table.Of(Aor("bob")));
    }

    [Fact]
    public void WhoAsksForHisOwnNicknameInAnotherSpellingGetsIt()
    {
        Reserve("alice", "boss");

        Assert.Equal(NicknameVerdict.Granted, Reserve("alice", "Boss"));
        Assert.Equal("Boss", _table.Of(Aor("alice")));
    }

    [Fact]
    public void NobodyMayPoseAsAnotherAccountAndEverybodyAsHimself()
    {
        Assert.Equal(NicknameVerdict.Taken, Reserve("bob", "Alice"));
        Assert.Equal(NicknameVerdict.Granted, Reserve("alice", "Alice"));
    }

    [Fact]
    public void M21_SixtyFourCharactersAreANicknameAndOneMoreIsTooLong()
    {
        Assert.Equal(NicknameVerdict.Granted, Reserve("alice", new string('x', 64)));
        Assert.Equal(NicknameVerdict.TooLong, Reserve("bob", new string('y', 65)));
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("a\u0007b")]
    [InlineData("a\u202Eb")]
    public void M21_ControlCharactersDirectionOverridesAndBlanksAreNoNickname(string nickname) =>
        Assert.Equal(NicknameVerdict.Malformed, Reserve("alice", nickname));

    [Theory]
    [InlineData(NicknameVerdict.Granted, 200)]
    [InlineData(NicknameVerdict.GivenUp, 200)]
    [InlineData(NicknameVerdict.TooLong, 423)]
    [InlineData(NicknameVerdict.Malformed, 424)]
    [InlineData(NicknameVerdict.Taken, 425)]
    [InlineData(NicknameVerdict.NotInRoom, 403)]
    public void Contract27_VerdictsBecomeTheStatusCodesOfRfc7701(NicknameVerdict verdict, int status) =>
        Assert.Equal(status, RouteEvents.Answer(verdict).StatusCode());

    private NicknameVerdict Reserve(string user, string nickname) => _table.Reserve(user, Aor(user), nickname);

    private static string Aor(string user) => $"sip:{user}@localhost";
}
