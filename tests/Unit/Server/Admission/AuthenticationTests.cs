using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Admission;

public sealed class AuthenticationTests : IDisposable
{
    private readonly TestServer _server = new();

    [Fact]
    public void Contract01_AChallengeOffersSha256BeforeMd5WithQopAuthAndOpaque()
    {
        var alice = _server.Client("alice");

        var response = alice.Send(alice.Request(SipMethod.Register, "sip:localhost"));

        Assert.Equal(401, response.StatusCode);
        var challenges = response.WWWAuthenticates.Select(header => header.Challenge!).ToList();
        Assert.Equal([DigestAlgorithm.Sha256, DigestAlgorithm.Md5], challenges.Select(challenge => challenge.Algorithm));
        Assert.All(challenges, challenge =>
        {
            Assert.Equal("localhost", challenge.Realm);
            Assert.Equal(["auth"], challenge.Qop);
            Assert.False(string.IsNullOrEmpty(challenge.Opaque));
            Assert.False(challenge.Stale);
        });
        Assert.Contains("qop=\"auth\"", response.Headers.GetText(SipHeaderId.WWWAuthenticate), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereClientsKnowNoSha256OnlyMd5IsOffered()
    {
        using var server = new TestServer(TestServer.Options with { Admission = new AdmissionOptions { OffersSha256 = false } });
        var alice = server.Client("alice");
        var response = alice.Send(alice.Request(SipMethod.Register, "sip:localhost"));
        Assert.Equal([DigestAlgorithm.Md5], response.WWWAuthenticates.Select(header => header.Challenge!.Algorithm));
    }

    [Theory]
    [InlineData("REGISTER", "sip:localhost", 401)]
    [InlineData("OPTIONS", "sip:localhost", 401)]
    [InlineData("INVITE", "sip:lobby@rooms.localhost", 401)]
    [InlineData("SUBSCRIBE", "sip:lobby@rooms.localhost", 401)]
    [InlineData("REFER", "sip:lobby@rooms.localhost", 401)]
    [InlineData("INVITE", "sip:conference-factory@localhost", 401)]
    [InlineData("OPTIONS", "sip:bob@localhost", 407)]
    [InlineData("MESSAGE", "sip:bob@localhost", 407)]
    [InlineData("PUBLISH", "sip:alice@localhost", 407)]
    [InlineData("MESSAGE", "sip:bob@example.com", 407)]
    public void Contract01_EveryRequestOutsideADialogIsChallengedWith401AsUasAndWith407AsProxy(string method, string uri, int status)
    {
        var alice = _server.Client("alice");

        var response = alice.Send(alice.Request(new SipMethod(method), uri));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 401 ? 2 : 0, response.WWWAuthenticates.Count);
        Assert.Equal(status == 407 ? 2 : 0, response.ProxyAuthenticates.Count);
    }

    [Fact]
    public void BothAlgorithmsProveAUser()
    {
        var alice = _server.Client("alice");
        foreach (var algorithm in new[] { DigestAlgorithm.Sha256, DigestAlgorithm.Md5 })
        {
            var challenged = alice.Send(alice.Request(SipMethod.Options, "sip:localhost"));
            var challenge = challenged.WWWAuthenticates.Select(header => header.Challenge!).Single(offered => offered.Algorithm == algorithm);
            var request = alice.Request(SipMethod.Options, "sip:localhost");
            var credentials = DigestCredentials.Answer(challenge, "alice", "alice-secret", SipMethod.Options, "sip:localhost", 1, "c");
            request.Headers.Set(SipHeaderId.Authorization, credentials.ToString());

            Assert.Equal(200, alice.Send(request).StatusCode);
        }
    }

    [Fact]
    public void Contract03_TheDigestUriMustEqualTheRequestUri()
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));

        var request = alice.Authorize(alice.Request(SipMethod.Options, "sip:lobby@rooms.localhost"));
        request.RequestUri = SipUri.Parse("sip:localhost");

        Assert.Equal(401, alice.Send(request).StatusCode);
    }

    [Fact]
    public void Contract03_AReplayedNonceCountIsRefused()
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));
        var request = alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost"));
        Assert.Equal(200, alice.Send(request).StatusCode);

        Assert.Equal(401, alice.Send(alice.Again(request)).StatusCode);
        Assert.Equal(200, alice.Send(alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost"))).StatusCode);
    }

    [Fact]
    public void Contract03_AnInventedNonceIsRefusedAndNotCalledStale()
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));
        var invented = new DigestChallenge { Realm = "localhost", Nonce = "invented", Algorithm = DigestAlgorithm.Sha256, Qop = ["auth"] };
        var request = alice.Request(SipMethod.Options, "sip:localhost");
        var credentials = DigestCredentials.Answer(invented, "alice", "alice-secret", SipMethod.Options, "sip:localhost", 1, "c");
        request.Headers.Set(SipHeaderId.Authorization, credentials.ToString());

        var response = alice.Send(request);

        Assert.Equal(401, response.StatusCode);
        Assert.False(response.WWWAuthenticate!.Challenge!.Stale);
    }

    [Fact]
    public void Contract03_AnExpiredNonceGetsStale()
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));
        _server.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        var response = alice.Send(alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost")));

        Assert.Equal(401, response.StatusCode);
        Assert.All(response.WWWAuthenticates, header => Assert.True(header.Challenge!.Stale));
        alice.TakeChallenge(response);
        Assert.Equal(200, alice.Send(alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost"))).StatusCode);
    }

    [Fact]
    public void AnExpiredNonceWithAWrongPasswordIsWrongAndNotStale()
    {
        var alice = _server.Client("alice");
        alice.Password = "guess";
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));
        _server.Advance(TimeSpan.FromMinutes(6));

        var response = alice.Send(alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost")));

        Assert.False(response.WWWAuthenticate!.Challenge!.Stale);
    }

    public static TheoryData<string, Func<DigestCredentials, DigestCredentials>> Spoilt { get; } = new()
    {
        { "realm", credentials => credentials with { Realm = "example.com" } },
        { "user", credentials => credentials with { Username = "bob" } },
        { "response", credentials => credentials with { Response = new string('0', credentials.Response.Length) } },
        { "empty response", credentials => credentials with { Response = "0" } },
        { "opaque", credentials => credentials with { Opaque = "another" } },
        { "no qop", credentials => credentials with { Qop = null, Nc = null, Cnonce = null } },
        { "qop auth-int", credentials => credentials with { Qop = "auth-int" } },
        { "algorithm", credentials => credentials with { Algorithm = DigestAlgorithm.Md5 } },
        { "session algorithm", credentials => credentials with { Algorithm = DigestAlgorithm.Sha256Session } },
        { "short nc", credentials => credentials with { Nc = "1" } },
        { "nc with sign", credentials => credentials with { Nc = "+0000001" } },
        { "nc not hexadecimal", credentials => credentials with { Nc = "0000000g" } },
        { "nc zero", credentials => credentials with { Nc = "00000000" } },
        { "other nc than hashed", credentials => credentials with { Nc = "00000002" } },
        { "huge cnonce", credentials => credentials with { Cnonce = new string('c', 300) } },
        { "other uri", credentials => credentials with { Uri = "sip:lobby@rooms.localhost" } },
        { "broken uri", credentials => credentials with { Uri = "::" } },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void S17_SpoiltCredentialsProveNothing(string what, Func<DigestCredentials, DigestCredentials> spoil)
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));

        var response = alice.Send(alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost"), spoil: spoil));

        Assert.True(response.StatusCode == 401, what);
    }

    [Theory]
    [InlineData("Basic YWxpY2U6YWxpY2Utc2VjcmV0")]
    [InlineData("Digest")]
    [InlineData("Digest username=\"alice\"")]
    [InlineData("NoOneKnows opaque-data=here")]
    public void CredentialsOfNoUseAreAsGoodAsNone(string authorization)
    {
        var alice = _server.Client("alice");

        var response = alice.Send(alice.Request(SipMethod.Options, "sip:localhost", (SipHeaderId.Authorization, authorization)));

        Assert.True(response.StatusCode is 400 or 401);
    }

    [Fact]
    public void AnUnknownUserAndAWrongPasswordLookAlike()
    {
        var known = _server.Client("alice");
        known.Password = "wrong";
        var unknown = _server.Client("nobody");

        var answers = new[] { known, unknown }.Select(client => client.Call(client.Request(SipMethod.Options, "sip:localhost"))).ToList();

        Assert.All(answers, answer => Assert.Equal(401, answer.StatusCode));
        Assert.Equal(Shape(answers[0]), Shape(answers[1]));
    }

    [Fact]
    public void OnlyTheCredentialsOfOurRealmCount()
    {
        var alice = _server.Client("alice");
        alice.TakeChallenge(alice.Send(alice.Request(SipMethod.Options, "sip:localhost")));
        var request = alice.Authorize(alice.Request(SipMethod.Options, "sip:localhost"));
        var ours = request.Headers.GetText(SipHeaderId.Authorization)!;
        request.Headers.Set(SipHeaderId.Authorization, ours.Replace("realm=\"localhost\"", "realm=\"example.com\"", StringComparison.Ordinal));
        request.Headers.Add(SipHeaderId.Authorization, ours);

        Assert.Equal(200, alice.Send(request).StatusCode);
    }

    [Fact]
    public void AckAndCancelAreNeverChallenged()
    {
        var alice = _server.Client("alice");
        _server.Receive(alice.Request(SipMethod.Ack, "sip:lobby@rooms.localhost"), alice.Flow);
        var cancel = alice.Send(alice.Request(SipMethod.Cancel, "sip:lobby@rooms.localhost"));

        Assert.Equal(481, cancel.StatusCode);
    }

    public void Dispose() => _server.Dispose();

    private static string Shape(SipMessage response) =>
        $"{response.StatusCode} {response.ReasonPhrase} {string.Join(' ', response.Headers.Select(header => header.NameText))}";
}
