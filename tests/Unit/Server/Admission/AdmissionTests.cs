using OmaIm.Protocols.Sip;
using OmaIm.Server.Admission;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Admission;

public sealed class AdmissionTests : IDisposable
{
    private readonly TestServer _server = new();

    [Fact]
    public void Contract04_AFromThatIsNotTheAuthenticatedUserGets403()
    {
        var alice = _server.Client("alice");
        foreach (var from in new[] { "sip:bob@localhost", "sip:anonymous@anonymous.invalid", "sip:alice@example.com", "sip:Alice@localhost" })
        {
            var request = alice.Request(SipMethod.Options, "sip:localhost");
            request.Headers.Set(SipHeaderId.From, $"<{from}>;tag=1");

            Assert.Equal(403, alice.Call(request).StatusCode);
        }
    }

    [Theory]
    [Trait("Section", "RFC 3323 4.1")]
    [InlineData("id", 200)]
    [InlineData("header;user", 200)]
    [InlineData("none", 403)]
    public void TheAnonymousFromNeedsPrivacy(string privacy, int status)
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Options, "sip:localhost", (SipHeaderId.Privacy, privacy));
        request.Headers.Set(SipHeaderId.From, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1");
        Assert.Equal(status, alice.Call(request).StatusCode);
    }

    [Fact]
    public void TheDisplayNameAndTheParametersOfFromAreNoMatterOfIdentity()
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Options, "sip:localhost");
        request.Headers.Set(SipHeaderId.From, "\"The Boss\" <sip:alice@LOCALHOST:5060;transport=tcp>;tag=1");

        Assert.Equal(200, alice.Call(request).StatusCode);
    }

    [Fact]
    public void Contract06_MaxForwards0Gets483()
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Options, "sip:localhost");
        request.Headers.Set(SipHeaderId.MaxForwards, "0");

        Assert.Equal(483, alice.Send(request).StatusCode);
    }

    [Theory]
    [InlineData("Require", "sip:localhost", "nothing-known", "nothing-known")]
    [InlineData("Require", "sip:lobby@rooms.localhost", "timer, 100rel, gruu", "100rel, gruu")]
    [InlineData("Require", "sip:lobby@rooms.localhost", "recipient-list-invite", "recipient-list-invite")]
    [InlineData("Proxy-Require", "sip:localhost", "sec-agree", "sec-agree")]
    public void Contract06_AnUnknownExtensionGets420WithUnsupported(string header, string uri, string options, string unsupported)
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Options, uri);
        request.Headers.Add(header, options);

        var response = alice.Send(request);

        Assert.Equal(420, response.StatusCode);
        Assert.Equal(unsupported, response.Headers.GetText(SipHeaderId.Unsupported));
    }

    [Fact]
    public void Contract06_AnUnknownMethodGets501()
    {
        var alice = _server.Client("alice");

        Assert.Equal(501, alice.Send(alice.Request(new SipMethod("NEWMETHOD"), "sip:localhost")).StatusCode);
        Assert.Equal(501, alice.Send(alice.Request(new SipMethod("register"), "sip:localhost")).StatusCode);
    }

    [Theory]
    [InlineData("nobodyKnowsThisScheme:totallyopaquecontent")]
    [InlineData("tel:+358-555-1234567")]
    public void ARequestUriOfAnotherSchemeGets416(string uri)
    {
        var alice = _server.Client("alice");
        var request = alice.Request(SipMethod.Options, "sip:localhost");
        var text = System.Text.Encoding.UTF8.GetString(request.ToArray()).Replace("OPTIONS sip:localhost", "OPTIONS " + uri, StringComparison.Ordinal);
        _server.Transport.ReceiveDatagram(System.Text.Encoding.UTF8.GetBytes(text), alice.Flow);
        _server.Run();

        Assert.Equal(416, alice.ResponseTo(request)!.StatusCode);
    }

    [Fact]
    public void Contract07_IdentitiesThatAClientAssertsAreRemoved()
    {
        var alice = _server.Client("alice");
        var message = alice.Request(
            SipMethod.Message,
            "sip:bob@localhost",
            (SipHeaderId.PAssertedIdentity, "<sip:boss@localhost>"),
            (SipHeaderId.PPreferredIdentity, "<sip:boss@localhost>"));
        var request = new AdmissionRequest(message, new Destination(DestinationKind.User, "bob")) { Caller = new Caller("alice", "sip:alice@localhost") };

        Assert.Equal(AdmissionRefusal.None, new IdentityStage().Check(request));
        Assert.False(message.Headers.Contains(SipHeaderId.PAssertedIdentity));
        Assert.False(message.Headers.Contains(SipHeaderId.PPreferredIdentity));
    }

    [Fact]
    public void TheStagesTellTheirNamesAndWhatTheyDo()
    {
        var stages = _server.Server.Admission.Stages;

        Assert.Equal(["method", "scheme", "max-forwards", "extensions", "authentication", "identity", "preferences"], stages.Select(stage => stage.Name));
        Assert.All(stages, stage => Assert.EndsWith(".", stage.Help, StringComparison.Ordinal));
    }

    public void Dispose() => _server.Dispose();
}
