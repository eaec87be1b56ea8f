using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A member without a name: the others hear his pseudonym, whatever he writes, and write to that (OMA IM section 13).</summary>
[Trait("Section", "OMA IM 13")]
public sealed class UnnamedMemberTests : RoomTestBase
{
    private const string Pseudonym = "sip:anonymous1@anonymous.invalid";
    private const string Nobody = "sip:anonymous@anonymous.invalid";

    [Theory]
    [InlineData(Alice)]
    [InlineData(Nobody)]
    [InlineData(Pseudonym)]
    public void TheOthersHearHisPseudonymAndNothingElseChanges(string from)
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        Assert.Equal(200, alice.SendWhole(Body(from, 300)));
        Assert.Equal([Body(Pseudonym, 300)], bob.Hear());
    }

    [Theory]
    [InlineData(Bob)]
    [InlineData("sip:anonymous2@anonymous.invalid")]
    [InlineData("")]
    public void HeIsNobodyElse(string from)
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        Assert.Equal(403, alice.SendWhole(Body(from, 10)));
        Assert.Empty(bob.Hear());
    }

    [Fact]
    public void WhoHasANameIsNotAnonymous()
    {
        var (alice, bob) = (Bench.Join(Alice), Bench.Join(Bob));
        Assert.Equal(403, alice.SendWhole(Body(Nobody, 10)));
        Assert.Empty(bob.Hear());
    }

    // The pseudonym is longer or shorter than the name: every range and the total follow. The bench's peers check them.
    [Theory]
    [InlineData(Alice, 7)]
    [InlineData(Alice, 100)]
    [InlineData(Alice, 2_000)]
    [InlineData(Nobody, 100)]
    public void ALongMessageIsWholeHoweverItIsCut(string from, int chunkSize)
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        Assert.All(alice.SendInChunks("long", Body(from, 3_000), chunkSize), code => Assert.Equal(200, code));
        Assert.Equal([Body(Pseudonym, 3_000)], bob.Hear());
    }

    [Fact]
    public void AnUnfinishedMessageEndsWhereItsBeginningStopped()
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        var body = Body(Alice, 3_000);
        alice.SendChunk("long", body[..500], 1, body.Length);
        alice.SendChunk("long", "", 501, body.Length, '#');
        Assert.Empty(bob.Hear());
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
    }

    [Theory]
    [Trait("Section", "RFC 7701 6.2")]
    [InlineData(Pseudonym, 200)]
    [InlineData(Alice, 404)]
    public void HeIsWrittenToByHisPseudonym(string to, int code)
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        Assert.Equal(code, bob.Say("psst", to));
        Assert.Equal(code == 200 ? ["psst"] : [], alice.HearTexts());
    }

    // RFC 5438 section 7.2.1.1: recipient-uri. It is found wherever the message is cut.
    [Theory]
    [Trait("Section", "RFC 5438 7.2.1.1")]
    [InlineData(Bob, 10_000)]
    [InlineData(RoomBench.Uri, 10_000)]
    [InlineData(Bob, 40)]
    public void HisReceiptsWouldNameHim(string to, int chunkSize)
    {
        var (alice, bob) = (Bench.Join(Alice, pseudonym: Pseudonym), Bench.Join(Bob));
        var receipt = MsrpText.Cpim(Alice, to, $"<imdn><recipient-uri>{Alice}</recipient-uri></imdn>")
            .Replace("Content-Type: text/plain", "Content-Type: message/imdn+xml", StringComparison.Ordinal);
        Assert.Contains(403, alice.SendInChunks("receipt", receipt, chunkSize));
        Assert.Empty(bob.Hear());
    }

    private static string Body(string from, int length) => MsrpText.Cpim(from, RoomBench.Uri, new string('x', length));
}
