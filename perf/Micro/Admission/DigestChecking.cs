using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Admission;
using OmaIm.Server.Core;

namespace OmaIm.Micro.Admission;

/// <summary>Who sends a request.</summary>
[MemoryDiagnoser]
public class DigestChecking
{
    private const string Realm = "example.com";
    private const string Uri = "sip:lobby@rooms.example.com";

    private readonly DigestCheck _check = new(
        Realm, new ConfiguredCredentials([new AccountOptions { User = "alice", Password = "wonderland" }], Realm), new AdmissionOptions(), TimeProvider.System);

    private readonly SipUri _uri;
    private readonly DigestCredentials _credentials;
    private readonly DigestCredentials _strangers;

    public DigestChecking()
    {
        _uri = SipUri.TryParse(Uri, out var uri) ? uri : throw new InvalidOperationException(Uri);
        var challenge = _check.Challenges(stale: false).First();
        _credentials = DigestCredentials.Answer(challenge, "alice", "wonderland", SipMethod.Invite, Uri, 1, "k3jd8Hs0aa9fKqPz");
        _strangers = _credentials with { Username = "mallory" };
        Proof.Of(Credentials() == DigestResult.Proven);
        Proof.Of(Credentials() == DigestResult.Replayed);
        Proof.Of(CredentialsOfNobody() == DigestResult.Wrong);
    }

    [Benchmark(Baseline = true)]
    public int Challenges() => _check.Challenges(stale: false).Count();

    /// <summary>From the second time on it is a replay: that is found last, after all the work for credentials that are right.</summary>
    [Benchmark]
    public DigestResult Credentials() => _check.Check(_credentials, SipMethod.Invite, _uri);

    [Benchmark]
    public DigestResult CredentialsOfNobody() => _check.Check(_strangers, SipMethod.Invite, _uri);
}
