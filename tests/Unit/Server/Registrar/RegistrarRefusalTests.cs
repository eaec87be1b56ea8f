using OmaIm.Protocols.Sip;
using OmaIm.Server.Registrar;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Registrar;

/// <summary>A REGISTER for every refusal: what is answered and what is counted.</summary>
public sealed class RegistrarRefusalTests
{
    private static readonly Dictionary<RegistrarRefusal, Func<ScriptedClient, SipMessage>> Corpus = new()
    {
        [RegistrarRefusal.UnknownUser] = alice => To(alice, "<sip:nobody@localhost>"),
        [RegistrarRefusal.ForeignUser] = alice => To(alice, "<sip:bob@localhost>"),
        [RegistrarRefusal.ForeignScheme] = alice => alice.Register("600", "<mailto:alice@example.com>"),
        [RegistrarRefusal.BadWildcard] = alice => alice.Register("600", "*"),
        [RegistrarRefusal.TooBrief] = alice => alice.Register("59"),
        [RegistrarRefusal.OutOfOrder] = alice =>
        {
            var request = alice.Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, $"<{alice.Contact}>"));
            alice.Call(request);
            var old = alice.Authorize(alice.Again(request));
            old.Headers.Set(SipHeaderId.CSeq, "1 REGISTER");
            return alice.Send(old);
        },
        [RegistrarRefusal.TooManyContacts] = alice =>
            alice.Register("600", string.Join(", ", Enumerable.Range(1, 11).Select(number => $"<sip:a@192.0.2.{number}>"))),
    };

    public static TheoryData<RegistrarRefusal> Refusals => [.. Enum.GetValues<RegistrarRefusal>().Where(refusal => refusal != RegistrarRefusal.None)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void EveryRefusalIsAnsweredAndCountedAsTheTableSays(RegistrarRefusal refusal)
    {
        using var server = new TestServer();
        using var counter = new RefusalCounter(server.Server.Metrics);

        var response = Corpus[refusal](server.Client("alice"));

        var (status, phrase, tag) = RegistrarRefusals.Describe(refusal);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(phrase ?? SipReasonPhrases.Of(status), response.ReasonPhrase);
        Assert.Equal("registrar/" + tag, counter.Reasons[^1]);
    }

    private static SipMessage To(ScriptedClient client, string to)
    {
        var request = client.Request(SipMethod.Register, "sip:localhost");
        request.Headers.Set(SipHeaderId.To, to);
        return client.Call(request);
    }
}
