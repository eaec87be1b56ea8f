using OmaIm.Cli.Chat;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class AddresseeTests
{
    private static readonly Participant[] Roster =
    [
        new("sip:alice@localhost", "Queen", [], IsSelf: true),
        new("sip:bob@localhost", "Bob the great", [], IsSelf: false),
        new("sip:carol@localhost", null, [], IsSelf: false),
        new("sip:carol@elsewhere", null, [], IsSelf: false),
        new("sip:dave@localhost", "bob", [], IsSelf: false),
    ];

    [Theory]
    [InlineData("sip:bob@localhost", "sip:bob@localhost")]
    [InlineData("Bob the great", "sip:bob@localhost")]
    [InlineData("bob THE great", "sip:bob@localhost")]
    [InlineData("alice", "sip:alice@localhost")]
    [InlineData("bob", "sip:dave@localhost")]
    public void AParticipantIsFoundByUriThenNicknameThenUser(string who, string uri) =>
        Assert.Equal(uri, Addressee.Find(Roster, who, out _)?.Uri);

    [Fact]
    public void NobodyIsPickedWhereSeveralAreMeant()
    {
        Assert.Null(Addressee.Find(Roster, "carol", out var problem));
        Assert.Contains("sip:carol@elsewhere", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoIsNotHereIsSaidSoInPrintableWords()
    {
        Assert.Null(Addressee.Find(Roster, "mallory\u001b[2J", out var problem));
        Assert.Contains("mallory", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', problem);
    }
}
