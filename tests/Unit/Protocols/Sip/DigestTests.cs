using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

public sealed class DigestTests
{
    [Fact] // RFC 7616 section 3.9.1
    public void TheExamplesOfRfc7616Agree()
    {
        const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        const string Cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        Assert.Equal(
            "8ca523f5e9506fed4657c9700eebdbec",
            Digest.Response(DigestAlgorithm.Md5, "Mufasa", "http-auth@example.org", "Circle of Life", "GET", "/dir/index.html", Nonce, "00000001", Cnonce, "auth"));
        Assert.Equal(
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            Digest.Response(DigestAlgorithm.Sha256, "Mufasa", "http-auth@example.org", "Circle of Life", "GET", "/dir/index.html", Nonce, "00000001", Cnonce, "auth"));
    }

    [Fact] // RFC 2069 as corrected by its erratum 749
    public void WithoutQopTheFormOfRfc2069Applies() => Assert.Equal(
        "1949323746fe6a43ef61f9606e7febea",
        Digest.Response(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "CircleOfLife", "GET", "/dir/index.html", "dcd98b7102dd2f0e8b11d0f600bfb0c093", null, null, null));

    [Theory]
    [InlineData(DigestAlgorithm.Md5)]
    [InlineData(DigestAlgorithm.Md5Session)]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha256Session)]
    public void AnAnswerToAChallengeProvesThePassword(DigestAlgorithm algorithm)
    {
        var challenge = new DigestChallenge { Realm = "example.com", Nonce = "n1", Algorithm = algorithm, Opaque = "o\"1", Qop = ["auth", "auth-int"] };
        Assert.True(WWWAuthenticateHeader.TryParse(Encoding.UTF8.GetBytes(challenge.ToString()), out var header));
        var answer = DigestCredentials.Answer(header.Challenge!, "alice", "alice-secret", SipMethod.Register, "sip:example.com", 1, "c1");
        Assert.True(AuthorizationHeader.TryParse(Encoding.UTF8.GetBytes(answer.ToString()), out var read));

        Assert.Equal(answer, read.Credentials);
        Assert.Equal("00000001", answer.Nc);
        Assert.Equal("o\"1", answer.Opaque);
        Assert.True(read.Credentials!.Proves(Digest.Ha1(algorithm, "alice", "example.com", "alice-secret"), SipMethod.Register));
        Assert.False(read.Credentials.Proves(Digest.Ha1(algorithm, "alice", "example.com", "wrong"), SipMethod.Register));
        Assert.False(read.Credentials.Proves(Digest.Ha1(algorithm, "alice", "example.com", "alice-secret"), SipMethod.Message));
        Assert.False((read.Credentials with { Uri = "sip:other.example" }).Proves(Digest.Ha1(algorithm, "alice", "example.com", "alice-secret"), SipMethod.Register));
        Assert.False((read.Credentials with { Nc = "00000002" }).Proves(Digest.Ha1(algorithm, "alice", "example.com", "alice-secret"), SipMethod.Register));
    }

    [Fact]
    public void AChallengeWithoutQopIsAnsweredWithoutCnonce()
    {
        var answer = DigestCredentials.Answer(new DigestChallenge { Realm = "r", Nonce = "n" }, "a", "p", SipMethod.Register, "sip:r", 1, "c");
        Assert.Null(answer.Qop);
        Assert.Null(answer.Cnonce);
        Assert.DoesNotContain("nc=", answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qop=auth")]
    [InlineData("qop=auth, nc=1, cnonce=\"c\"")]
    [InlineData("qop=auth, nc=0000000g, cnonce=\"c\"")]
    [InlineData("qop=auth, nc=00000001")]
    [InlineData("algorithm=SHA-512-256")]
    public void CredentialsThatCannotBeCheckedAreNone(string more)
    {
        var text = $"Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"00\", {more}";
        Assert.True(AuthorizationHeader.TryParse(Encoding.UTF8.GetBytes(text), out var header));
        Assert.Null(header.Credentials);
    }

    [Fact]
    public void HashesCompareWithoutCaseAndOfUnequalLengthTheyDiffer()
    {
        Assert.True(Digest.FixedTimeEquals("00ab", "00AB"));
        Assert.False(Digest.FixedTimeEquals("00ab", "00ac"));
        Assert.False(Digest.FixedTimeEquals("00ab", "00abcd"));
    }
}
