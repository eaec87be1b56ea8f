using System.Security.Cryptography;
using System.Text;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Conformance.Relays;

/// <summary>What our client says to its relay, and what it takes from it (RFC 4976 section 5.1).</summary>
public sealed class AuthTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task TheFirstAuthHasNoCredentialsAndNamesRelayClientAndTime()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        var auth = await relay.AuthAsync();
        Assert.Equal((relay.Uri, "600", null, null), (auth.ToPath, auth["Expires"], auth["Authorization"], auth.Body));
        Assert.Single(auth.FromPath.Split(' '));
    }

    [Fact]
    [Trait("Section", "RFC 4976 9.1")]
    public async Task TheProofIsThatOfTheRelaysUriAndTheMethodAuth()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge);
        var credentials = (await relay.AuthAsync())["Authorization"]!;
        Assert.Equal(("roamer", "auth", "00000001"), (Value(credentials, "username"), Value(credentials, "qop"), Value(credentials, "nc")));
        var proof = Hash($"{Hash("roamer:relay.test:roamer-secret")}:abc:00000001:{Value(credentials, "cnonce")}:auth:{Hash("AUTH:" + relay.Uri)}");
        Assert.Equal(proof, Value(credentials, "response"));
    }

    [Fact]
    [Trait("Section", "RFC 4976 9.1")]
    public async Task ASecondChallengeToTheSameCredentialsIsTheEnd()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge);
        Assert.Equal(ImFailure.AuthenticationRefused, await FailureAsync(relay));
    }

    [Fact]
    [Trait("Section", "RFC 4976 9.1")]
    public async Task AStaleNonceIsAnsweredOnceMore()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge.Replace("abc", "def", StringComparison.Ordinal) + ", stale=true");
        var credentials = (await relay.AuthAsync())["Authorization"]!;
        Assert.Equal(("def", "00000001"), (Value(credentials, "nonce"), Value(credentials, "nc")));
    }

    [Theory]
    [InlineData("WWW-Authenticate: Basic realm=\"relay.test\"")]
    [InlineData("WWW-Authenticate: Digest realm=\"relay.test\", nonce=\"abc\"")]
    [InlineData("X-Nothing: here")]
    [Trait("Section", "RFC 4976 9.1")]
    public async Task AChallengeThatIsNoDigestWithQopAuthIsNotAnswered(string challenge)
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, challenge);
        Assert.Equal(ImFailure.AuthenticationRefused, await FailureAsync(relay));
    }

    [Theory]
    [InlineData("X-Nothing: here")]
    [InlineData("Use-Path: sip:nowhere")]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task ASuccessWithoutAUsablePathIsNone(string header)
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 200, header);
        Assert.Equal(ImFailure.ProtocolViolation, await FailureAsync(relay));
    }

    [Fact]
    [Trait("Section", "RFC 4976 9.1")]
    public async Task ARelayThatCannotProveItselfIsNotBelieved()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 401, FakeRelay.Challenge);
        await relay.AnswerAsync(
            await relay.AuthAsync(), 200, $"Use-Path: {relay.Uri.Replace(";tcp", "/s1;tcp", StringComparison.Ordinal)}", "Expires: 60",
            $"Authentication-Info: qop=auth, rspauth=\"{new string('0', 32)}\"");
        Assert.Equal(ImFailure.ProtocolViolation, await FailureAsync(relay));
    }

    private static async Task<ImFailure> FailureAsync(FakeRelay relay) =>
        (await Assert.ThrowsAsync<ImException>(() => relay.Joining.WaitAsync(TimeSpan.FromSeconds(20)))).Failure;

    private static string Value(string credentials, string name) =>
        credentials.Split(name + "=")[1].TrimStart('"').Split('"', ',')[0];

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Digest of RFC 2617.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
