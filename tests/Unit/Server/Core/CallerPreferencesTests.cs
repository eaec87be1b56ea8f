using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Core;

/// <summary>RFC 3841 section 7.2 with the features of RFC 3840.</summary>
public sealed class CallerPreferencesTests
{
    private static readonly MemoryFlow Flow = new(SipProtocol.Tcp, new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2));

    [Theory]
    [Trait("Section", "RFC 3841 7.2.4")]
    [InlineData("+g.oma.sip-im", "*;+g.oma.sip-im", true)]
    [InlineData("+g.oma.sip-im", "*;+g.oma.sip-im;require;explicit", true)]
    [InlineData("+G.OMA.SIP-IM=\"TRUE\"", "*;+g.oma.sip-im;require;explicit", true)]
    [InlineData("+g.oma.sip-im=\"FALSE\"", "*;+g.oma.sip-im;require", false)]
    [InlineData("+g.oma.sip-im=\"FALSE\"", "*;+g.oma.sip-im", true)]
    [InlineData("audio", "*;+g.oma.sip-im;require;explicit", false)]
    [InlineData("audio", "*;+g.oma.sip-im;require", true)]
    [InlineData("audio", "*;+g.oma.sip-im;explicit", true)]
    [InlineData("", "*;+g.oma.sip-im;require", true)]
    [InlineData("", "*;+g.oma.sip-im;require;explicit", false)]
    [InlineData("reg-id=1;expires=60", "*;+g.oma.sip-im;require;explicit", false)]
    [InlineData("+g.oma.sip-im;+g.oma.sip-im.large-message", "*;+g.oma.sip-im;+g.oma.sip-im.large-message;require;explicit", true)]
    [InlineData("+g.oma.sip-im", "*;+g.oma.sip-im;+g.oma.sip-im.large-message;require;explicit", false)]
    [InlineData("+g.oma.sip-im", "*;+g.oma.sip-im;require;explicit, *;audio;require;explicit", false)]
    [InlineData("methods=\"INVITE,BYE\"", "*;methods=\"MESSAGE\";require", false)]
    [InlineData("methods=\"INVITE,message\"", "*;methods=\"MESSAGE\";require", true)]
    [InlineData("mobility=\"fixed\"", "*;mobility=\"!mobile\";require;explicit", true)]
    [InlineData("mobility=\"mobile\"", "*;mobility=\"!mobile\";require;explicit", false)]
    [InlineData("language=\"!en\"", "*;language=\"en\";require", false)]
    [InlineData("language=\"!en\"", "*;language=\"de,en\";require", true)]
    [InlineData("priority=\"#1:5\"", "*;priority=\"#>=5\";require", true)]
    [InlineData("priority=\"#1:5\"", "*;priority=\"#>=5.5\";require", false)]
    [InlineData("priority=\"#=3\"", "*;priority=\"!#1:5\";require", false)]
    [InlineData("priority=\"#<=3\"", "*;priority=\"#=3\";require", true)]
    [InlineData("+sip.instance=\"<urn:uuid:A>\"", "*;+sip.instance=\"<urn:uuid:A>\";require;explicit", true)]
    [InlineData("+sip.instance=\"<urn:uuid:A>\"", "*;+sip.instance=\"<urn:uuid:a>\";require;explicit", false)]
    [InlineData("+g.3gpp.iari-ref=\"urn%3Aa,urn%3Ab\"", "*;+g.3gpp.iari-ref=\"urn%3Ab\";require;explicit", true)]
    public void AcceptContact(string features, string accept, bool isReached) =>
        Assert.Equal(isReached, CallerPreferences.Of(Message((SipHeaderId.AcceptContact, accept))).Select([Contact("sip:a@h", features)]).Count == 1);

    [Theory]
    [Trait("Section", "RFC 3841 7.2.3")]
    [InlineData("automata", "*;automata", false)]
    [InlineData("audio", "*;automata", true)]
    [InlineData("automata=\"FALSE\"", "*;automata", true)]
    [InlineData("automata;mobility=\"fixed\"", "*;automata;mobility=\"mobile\"", true)]
    [InlineData("automata", "*;automata;mobility=\"mobile\"", true)]
    [InlineData("", "*;automata", true)]
    public void RejectContact(string features, string reject, bool isReached) =>
        Assert.Equal(isReached, CallerPreferences.Of(Message((SipHeaderId.RejectContact, reject))).Select([Contact("sip:a@h", features)]).Count == 1);

    [Theory]
    [Trait("Section", "RFC 3841 7.2.2")]
    [InlineData("", true)]
    [InlineData("+g.oma.sip-im", true)]
    [InlineData("methods=\"INVITE\"", false)]
    [InlineData("methods=\"INVITE,MESSAGE\"", true)]
    public void WithoutPreferencesAContactNeedsTheMethod(string features, bool isReached) =>
        Assert.Equal(isReached, CallerPreferences.Of(Message()).Select([Contact("sip:a@h", features)]).Count == 1);

    [Fact]
    public void TheUsersPreferenceComesFirstThenTheBetterMatch()
    {
        RegisteredContact[] contacts =
        [
            Contact("sip:late@h", "+g.oma.sip-im", 0.2), Contact("sip:poor@h", "audio", 0.8), Contact("sip:good@h", "+g.oma.sip-im", 0.8),
        ];
        var order = CallerPreferences.Of(Message((SipHeaderId.AcceptContact, "*;+g.oma.sip-im"))).Select(contacts);
        Assert.Equal(["good", "poor", "late"], order.Select(contact => contact.Uri.User));
    }

    [Theory]
    [Trait("Section", "RFC 3841 7.2")]
    [InlineData(16, 32, false)]
    [InlineData(17, 1, true)]
    [InlineData(1, 33, true)]
    public void MoreThanAnybodyMeansIsTooMuch(int predicates, int features, bool isTooMuch)
    {
        var predicate = "*" + string.Concat(Enumerable.Range(0, features).Select(number => $";+f{number}"));
        Assert.Equal(isTooMuch, CallerPreferences.AreTooMany(Message((SipHeaderId.AcceptContact, string.Join(", ", Enumerable.Repeat(predicate, predicates))))));
        Assert.Equal(isTooMuch, CallerPreferences.AreTooMany(Message((SipHeaderId.RejectContact, string.Join(", ", Enumerable.Repeat(predicate, predicates))))));
    }

    private static SipMessage Message(params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var message = SipMessage.CreateRequest(SipMethod.Message, SipUri.Parse("sip:bob@localhost"));
        foreach (var (id, value) in headers)
        {
            message.Headers.Add(id, value);
        }

        return message;
    }

    private static RegisteredContact Contact(string uri, string features, double q = 1)
    {
        var text = features.Length == 0 ? $"<{uri}>" : $"<{uri}>;{features}";
        Assert.True(ContactHeader.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var header));
        return new RegisteredContact(header.Uri, Flow, q, new FeatureSet(header.Parameters));
    }
}
