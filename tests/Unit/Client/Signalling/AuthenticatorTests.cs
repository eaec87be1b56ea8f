using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class AuthenticatorTests
{
    private const string Sha256 = "Digest realm=\"localhost\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\", opaque=\"o\"";
    private const string Md5 = "Digest realm=\"localhost\", nonce=\"n2\", algorithm=MD5, qop=\"auth\"";

    private readonly Authenticator _authenticator = new("alice", "alice-secret");

    [Fact]
    public void WithoutAChallengeNoCredentialsAreSent() => Assert.Empty(Authorized().Authorizations);

    [Fact]
    public void TheTopmostSupportedChallengeIsAnswered()
    {
        Assert.True(_authenticator.TryLearn(Refusal(401, Sha256, Md5), attempt: 0));
        Assert.Equal(DigestAlgorithm.Sha256, Credentials(Authorized()).Algorithm);
    }

    [Theory]
    [InlineData("Basic realm=\"localhost\"")]
    [InlineData("Digest realm=\"localhost\", nonce=\"n\", algorithm=SHA-512-256, qop=\"auth\"")]
    [InlineData("Digest realm=\"localhost\", nonce=\"n\", qop=\"auth-int\"")]
    public void UnsupportedChallengesAreSkipped(string unsupported)
    {
        Assert.False(_authenticator.TryLearn(Refusal(401, unsupported), attempt: 0));
        Assert.True(_authenticator.TryLearn(Refusal(401, unsupported, Md5), attempt: 0));
        Assert.Equal(DigestAlgorithm.Md5, Credentials(Authorized()).Algorithm);
    }

    [Fact]
    public void CredentialsProveThePasswordForThisRequest()
    {
        _authenticator.TryLearn(Refusal(401, Sha256), attempt: 0);
        var request = Authorized();
        var credentials = Credentials(request);
        Assert.Equal("alice", credentials.Username);
        Assert.Equal(request.RequestUri.ToString(), credentials.Uri);
        Assert.Equal("o", credentials.Opaque);
        Assert.Equal("auth", credentials.Qop);
        var expected = Digest.Response(
            DigestAlgorithm.Sha256, "alice", "localhost", "alice-secret", "REGISTER", credentials.Uri, "n1", credentials.Nc, credentials.Cnonce, "auth");
        Assert.Equal(expected, credentials.Response);
    }

    [Fact]
    public void LaterRequestsCarryTheNextCountOfTheSameNonce()
    {
        _authenticator.TryLearn(Refusal(401, Sha256), attempt: 0);
        var counts = Enumerable.Range(0, 17).Select(_ => Credentials(Authorized()).Nc).ToArray();
        Assert.Equal("00000001", counts[0]);
        Assert.Equal("00000002", counts[1]);
        Assert.Equal("00000011", counts[16]);
    }

    [Fact]
    public void ANewNonceCountsFromOne()
    {
        _authenticator.TryLearn(Refusal(401, Sha256), attempt: 0);
        Authorized();
        _authenticator.TryLearn(Refusal(401, Md5), attempt: 0);
        Assert.Equal(("n2", "00000001"), (Credentials(Authorized()).Nonce, "00000001"));
    }

    [Fact]
    public void AWrongPasswordIsTriedOnce()
    {
        Assert.True(_authenticator.TryLearn(Refusal(401, Sha256), attempt: 0));
        Assert.False(_authenticator.TryLearn(Refusal(401, Sha256), attempt: 1));
    }

    [Fact]
    public void AnExpiredNonceIsTriedAgainButNotForEver()
    {
        var stale = Sha256 + ", stale=true";
        Assert.True(_authenticator.TryLearn(Refusal(401, Sha256), attempt: 0));
        Assert.True(_authenticator.TryLearn(Refusal(401, stale), attempt: 1));
        Assert.True(_authenticator.TryLearn(Refusal(401, stale), attempt: 2));
        Assert.False(_authenticator.TryLearn(Refusal(401, stale), attempt: 3));
    }

    [Fact]
    public void AProxyGetsProxyAuthorization()
    {
        Assert.True(_authenticator.TryLearn(Refusal(407, Sha256), attempt: 0));
        var request = Authorized();
        Assert.Empty(request.Authorizations);
        Assert.Equal("n1", Assert.Single(request.ProxyAuthorizations).Credentials?.Nonce);
    }

    [Fact]
    public void TheNextNonceIsUsedWithoutBeingChallengedAgain()
    {
        _authenticator.TryLearn(Refusal(401, Sha256), attempt: 0);
        Authorized();
        var success = SipMessage.CreateResponse(SipRequests.Received(SipMethod.Register), 200);
        success.Headers.Add(SipHeaderId.AuthenticationInfo, "nextnonce=\"n9\"");
        _authenticator.Renew(success);
        var credentials = Credentials(Authorized());
        Assert.Equal(("n9", "00000001"), (credentials.Nonce, credentials.Nc));
    }

    [Fact]
    public void AChallengeWithoutQopIsAnsweredAsOfOld()
    {
        _authenticator.TryLearn(Refusal(401, "Digest realm=\"localhost\", nonce=\"n3\""), attempt: 0);
        var credentials = Credentials(Authorized());
        Assert.Null(credentials.Qop);
        Assert.Null(credentials.Nc);
        var expected = Digest.Response(
            DigestAlgorithm.Md5, "alice", "localhost", "alice-secret", "REGISTER", credentials.Uri, "n3", null, null, null);
        Assert.Equal(expected, credentials.Response);
    }

    [Fact]
    public void RealmsAreBounded()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.True(_authenticator.TryLearn(Refusal(401, $"Digest realm=\"r{i}\", nonce=\"n\", qop=\"auth\""), attempt: 0));
        }

        Assert.False(_authenticator.TryLearn(Refusal(401, "Digest realm=\"one more\", nonce=\"n\", qop=\"auth\""), attempt: 0));
        Assert.Equal(8, Authorized().Authorizations.Count);
    }

    [Fact]
    public void OtherResponsesTeachNothing() => Assert.False(_authenticator.TryLearn(Refusal(403, Sha256), attempt: 0));

    private SipMessage Authorized()
    {
        var request = SipRequests.Create(SipMethod.Register);
        _authenticator.Authorize(request);
        return request;
    }

    private static DigestCredentials Credentials(SipMessage request) => Assert.Single(request.Authorizations).Credentials!;

    private static SipMessage Refusal(int status, params string[] challenges)
    {
        var response = SipMessage.CreateResponse(SipRequests.Received(SipMethod.Register), status);
        foreach (var challenge in challenges)
        {
            response.Headers.Add(status == 407 ? SipHeaderId.ProxyAuthenticate : SipHeaderId.WWWAuthenticate, challenge);
        }

        return response;
    }
}
