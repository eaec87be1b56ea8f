using OmaIm.Protocols.Sip;
using OmaIm.Server.Admission;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Admission;

/// <summary>A request for every refusal: what is answered and what is counted.</summary>
public sealed class AdmissionRefusalTests
{
    private static readonly Dictionary<AdmissionRefusal, Func<ScriptedClient, SipMessage>> Corpus = new()
    {
        [AdmissionRefusal.TooManyHops] = alice => alice.Send(With(Options(alice), SipHeaderId.MaxForwards, "0")),
        [AdmissionRefusal.UnsupportedScheme] = alice => alice.Send(alice.Request(SipMethod.Options, "tel:+15551234")),
        [AdmissionRefusal.UnknownMethod] = alice => alice.Send(alice.Request(new SipMethod("FETCH"), "sip:localhost")),
        [AdmissionRefusal.BadExtension] = alice => alice.Send(With(Options(alice), SipHeaderId.Require, "100rel")),
        [AdmissionRefusal.NoCredentials] = alice => alice.Send(Options(alice)),
        [AdmissionRefusal.WrongCredentials] = alice => Answer(alice, credentials => credentials with { Response = "0" }),
        [AdmissionRefusal.StaleNonce] = alice =>
        {
            alice.TakeChallenge(alice.Send(Options(alice)));
            alice.Server.Advance(TimeSpan.FromMinutes(6));
            return alice.Send(alice.Authorize(Options(alice)));
        },
        [AdmissionRefusal.ReplayedCredentials] = alice =>
        {
            alice.TakeChallenge(alice.Send(Options(alice)));
            var request = alice.Authorize(Options(alice));
            alice.Send(request);
            return alice.Send(alice.Again(request));
        },
        [AdmissionRefusal.ForeignFrom] = alice => alice.Call(With(Options(alice), SipHeaderId.From, "<sip:bob@localhost>;tag=1")),
        [AdmissionRefusal.BadPrivacy] = alice => alice.Call(With(Options(alice), SipHeaderId.Privacy, "id,critical")),
        [AdmissionRefusal.TooManyPreferences] = alice =>
            alice.Call(With(Options(alice), SipHeaderId.AcceptContact, string.Join(", ", Enumerable.Repeat("*;audio", 17)))),
    };

    public static TheoryData<AdmissionRefusal> Refusals => [.. Enum.GetValues<AdmissionRefusal>().Where(refusal => refusal != AdmissionRefusal.None)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void EveryRefusalIsAnsweredAndCountedAsTheTableSays(AdmissionRefusal refusal)
    {
        using var server = new TestServer();
        using var counter = new RefusalCounter(server.Server.Metrics);

        var response = Corpus[refusal](server.Client("alice"));

        Assert.Equal(AdmissionRefusals.StatusCode(refusal, asProxy: false), response.StatusCode);
        Assert.Equal("admission/" + AdmissionRefusals.Tag(refusal), counter.Reasons[^1]);
    }

    private static SipMessage Options(ScriptedClient client) => client.Request(SipMethod.Options, "sip:localhost");

    private static SipMessage With(SipMessage request, SipHeaderId id, string value)
    {
        request.Headers.Set(id, value);
        return request;
    }

    private static SipMessage Answer(ScriptedClient client, Func<DigestCredentials, DigestCredentials> spoil)
    {
        client.TakeChallenge(client.Send(Options(client)));
        return client.Send(client.Authorize(Options(client), spoil: spoil));
    }
}
