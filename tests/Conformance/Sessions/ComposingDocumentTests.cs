using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>What an is-composing document needs, and what it may hold besides (RFC 3994 section 5).</summary>
public sealed class ComposingDocumentTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Type = "application/im-iscomposing+xml";

    [Theory]
    [InlineData("<state>active</state>")]
    [InlineData("<x:mood xmlns:x=\"urn:example\">good</x:mood><refresh>soon</refresh><state> active </state><lastactive>never</lastactive>")]
    [Trait("Section", "RFC 3994 5")]
    public async Task AStateIsEnoughAndWhatIsNotKnownIsPassedOver(string content)
    {
        await using var talk = await Talk.BeginAsync(lobby, "carol");
        await talk.SayAsync("comp1", Document(content), Type);
        Assert.True((await SessionSteps.NextAsync<PeerComposing>(talk.Session)).IsActive);
    }

    [Theory]
    [InlineData("<refresh>90</refresh>")]
    [InlineData("<x:state xmlns:x=\"urn:example\">active</x:state>")]
    [InlineData("<state>active")]
    [Trait("Section", "RFC 3994 5")]
    public async Task WithoutAStateOfItsNamespaceItSaysNothing(string content)
    {
        await using var talk = await Talk.BeginAsync(lobby, "carol");
        await talk.SayAsync("comp2", Document(content), Type);
        await talk.SayAsync("text2", "behind it", "text/plain");
        Assert.Equal("behind it", Assert.IsType<SessionMessage>(await talk.Session.Events.ReadAsync().AsTask().WaitAsync(SessionSteps.Patience)).Message.Text);
    }

    private static string Document(string content) => $"<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\">{content}</isComposing>";
}
