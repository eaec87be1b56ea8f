using System.Text;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Pager;

/// <summary>A message to a list, RFC 5365; who may know of whom, RFC 5364.</summary>
public sealed class ExploderTests : IDisposable
{
    private const string Bob = "sip:bob@localhost";
    private const string Carol = "sip:carol@localhost";
    private const string Dave = "sip:dave@localhost";

    private readonly TestServer _server = new();
    private readonly ScriptedClient _alice;

    public ExploderTests() => _alice = _server.Client("alice");

    public void Dispose() => _server.Dispose();

    [Fact]
    [Trait("Section", "RFC 5365 7.3")]
    public void EachRecipientGetsAMessageOfHisOwnWithoutTheList()
    {
        var (bob, carol) = (Registered("bob"), Registered("carol"));
        var message = ListMessages.Create(_alice, ListMessages.List(Bob, Carol));
        var response = _alice.Call(message);

        Assert.Equal(202, response.StatusCode);
        Assert.Null(response.Headers.GetText(SipHeaderId.Warning));
        Assert.True(response.Body.IsEmpty);
        var (first, second) = (Assert.Single(bob.Requests), Assert.Single(carol.Requests));
        Assert.Equal("hello", Encoding.UTF8.GetString(first.Body.Span));
        Assert.Equal("text/plain", first.Headers.GetText(SipHeaderId.ContentType));
        Assert.Equal(bob.Contact, first.RequestUri.ToString());
        Assert.Equal(Bob, first.To!.Uri.ToString());
        Assert.Equal("sip:alice@localhost", first.From!.Uri.ToString());
        Assert.Equal(3, new[] { message, first, second }.Select(sent => sent.CallId!.Value).Distinct(StringComparer.Ordinal).Count());
        Assert.False(first.Headers.Contains(SipHeaderId.Require));
        Assert.True(first.MaxForwards!.Value < 70);
    }

    [Theory]
    [InlineData("text/plain", "recipient-list-history")]
    [InlineData("message/cpim; x", null)]
    public void NothingInItPassesForTheServersWordOrForWhatWasChecked(string type, string? disposition)
    {
        var bob = Registered("bob");
        var content = "From: <sip:carol@localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"u8.ToArray();
        Assert.Equal(400, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob), BodyPart.Create(type, content, disposition))).StatusCode);
        Assert.Empty(bob.Requests);
    }

    [Fact]
    [Trait("Section", "RFC 5365 7.3")]
    public void NorDoesWhatIsDeepInside()
    {
        var bob = Registered("bob");
        var history = BodyPart.Create("application/resource-lists+xml", Encoding.UTF8.GetBytes(ListMessages.List("sip:carol@localhost")), "recipient-list-history");
        var inner = MultipartBody.Write("mixed", [BodyPart.Create("text/plain", "hi"u8.ToArray()), history], out var type);
        Assert.Equal(400, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob), BodyPart.Create(type, inner))).StatusCode);
        Assert.Empty(bob.Requests);
    }

    [Fact]
    [Trait("Section", "RFC 5364 4")]
    public void TheyLearnOfEachOtherWhatTheSenderAllows()
    {
        var bob = Registered("bob");
        Registered("carol");
        Registered("dave");
        _alice.Call(ListMessages.Create(_alice, ListMessages.List(
            Bob + "\" cp:copyControl=\"to",
            Carol + "\" cp:copyControl=\"cc\" cp:anonymize=\"true",
            Dave + "\" cp:copyControl=\"bcc",
            "sip:nobody@localhost\" cp:copyControl=\"cc\" cp:anonymize=\"true",
            "sip:alice@localhost")));

        var received = Assert.Single(bob.Requests);
        Assert.True(MultipartBody.TryParse(received.Headers.GetText(SipHeaderId.ContentType)!, received.Body, out var parts));
        Assert.Equal(2, parts.Count);
        Assert.Equal("hello", Encoding.UTF8.GetString(parts[0].Content.Span));
        Assert.Equal("recipient-list-history", parts[1].Disposition);
        Assert.True(ResourceList.TryParse(parts[1].Content, out var entries));
        Assert.Equal(
            [new ResourceListEntry(Bob, CopyControl.To), new ResourceListEntry("sip:anonymous@anonymous.invalid", CopyControl.Cc, Count: 2)],
            entries);
    }

    [Fact]
    [Trait("Section", "RFC 5363 4.1")]
    public void NobodyGetsItTwice()
    {
        var bob = Registered("bob");
        Assert.Equal(202, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob, "sips:bob@LOCALHOST:5061;transport=tcp", Bob))).StatusCode);
        Assert.Single(bob.Requests);
    }

    [Fact]
    public void TheSenderHearsWhoHasNotGotIt()
    {
        Registered("bob");
        Registered("carol").Answer = _ => 486;
        var response = _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob, Carol, Dave, "sip:nobody@localhost", "sip:eve@example.com", "tel:+15550100")));
        Assert.Equal(202, response.StatusCode);
        Assert.Equal(
            "399 localhost \"Not delivered to sip:dave@localhost 480, sip:nobody@localhost 404, sip:eve@example.com 404, tel:+15550100 404, sip:carol@localhost 486\"",
            response.Headers.GetText(SipHeaderId.Warning));
    }

    [Fact]
    public void WhenNobodyGotItThatIsTheAnswer()
    {
        Registered("bob").Answer = _ => 486;
        var response = _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob, Carol)));
        Assert.Equal(480, response.StatusCode);
        Assert.Contains("sip:bob@localhost 486", response.Headers.GetText(SipHeaderId.Warning)!, StringComparison.Ordinal);
    }

    // DESIGN 4: 202 means that it has gone on to the recipients, so it waits for them, and no longer than their timeout.
    [Fact]
    public void TheAnswerWaitsForTheSlowestRecipientAndNotForever()
    {
        Registered("bob");
        Registered("carol").Answer = _ => 0;
        var message = Challenged(ListMessages.Create(_alice, ListMessages.List(Bob, Carol)));
        _server.Receive(message, _alice.Flow);
        Assert.Null(_alice.ResponseTo(message));
        _server.Clock.Advance(TimeSpan.FromSeconds(31));
        _server.Run();
        Assert.Equal(202, _alice.ResponseTo(message)!.StatusCode);
        Assert.Contains("sip:carol@localhost 480", _alice.ResponseTo(message)!.Headers.GetText(SipHeaderId.Warning)!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip:exploder@localhost")]
    [InlineData("sip:lobby@rooms.localhost")]
    [InlineData("sip:conference-factory@localhost")]
    public void AListLeadsToUsersOnly(string entry)
    {
        Registered("bob");
        var response = _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob, entry)));
        Assert.Equal(202, response.StatusCode);
        Assert.Contains(entry + " 404", response.Headers.GetText(SipHeaderId.Warning)!, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportNamesSomeAndCountsTheOthers()
    {
        Registered("bob");
        var response = _alice.Call(ListMessages.Create(_alice, ListMessages.List([Bob, .. Enumerable.Range(0, 12).Select(number => $"sip:user{number}@localhost")])));
        Assert.EndsWith("sip:user9@localhost 404 and 2 more\"", response.Headers.GetText(SipHeaderId.Warning), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string?> Refused { get; } = new()
    {
        { "no entry", ListMessages.List(), 403, "129 No destinations" },
        { "too many", ListMessages.List([.. Enumerable.Range(0, 101).Select(number => $"sip:user{number}@localhost")]), 486, "100 recipients at most" },
        { "broken", "<resource-lists", 400, null },
        { "entity bomb", "<!DOCTYPE r [<!ENTITY a \"a\">]><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">&a;</resource-lists>", 400, null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void ABadListIsRefused(string what, string list, int status, string? warning)
    {
        var response = _alice.Call(ListMessages.Create(_alice, list));
        Assert.True(status == response.StatusCode, what);
        Assert.Equal(warning is null ? null : $"399 localhost \"{warning}\"", response.Headers.GetText(SipHeaderId.Warning));
    }

    [Fact]
    public void AListNeedsAMessageAndAMessageAList()
    {
        var plain = _alice.Request(SipMethod.Message, ListMessages.Exploder);
        plain.SetBody("text/plain", "hello"u8.ToArray());
        var refused = _alice.Call(plain);
        Assert.Equal((415, "multipart/mixed"), (refused.StatusCode, refused.Headers.GetText(SipHeaderId.Accept)));
        Assert.Equal("identity", refused.Headers.GetText(SipHeaderId.AcceptEncoding));

        var body = MultipartBody.Write("mixed", [BodyPart.Create("application/resource-lists+xml", Encoding.UTF8.GetBytes(ListMessages.List(Bob)))], out var type);
        var alone = _alice.Request(SipMethod.Message, ListMessages.Exploder);
        alone.SetBody(type, body);
        Assert.Equal(400, _alice.Call(alone).StatusCode);
    }

    [Fact]
    public void TheMessageHasTheLimitOfAnyMessageWhateverTheListAdds()
    {
        Registered("bob");
        BodyPart Text(int length) => BodyPart.Create("text/plain", Encoding.UTF8.GetBytes(new string('x', length)));
        Assert.Equal(202, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob), Text(8_192))).StatusCode);
        Assert.Equal(413, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob), Text(8_193))).StatusCode);
    }

    [Fact]
    public void NobodyPosesAsAnotherInsideAPart()
    {
        var bob = Registered("bob");
        var cpim = BodyPart.Create("message/cpim", Encoding.UTF8.GetBytes($"From: <{Carol}>\r\nTo: <{Bob}>\r\n\r\nContent-Type: text/plain\r\n\r\nhi"));
        Assert.Equal(403, _alice.Call(ListMessages.Create(_alice, ListMessages.List(Bob), cpim)).StatusCode);
        Assert.Empty(bob.Requests);
    }

    [Fact]
    public void OptionsSaysWhatTheExploderTakes()
    {
        var response = _alice.Call(_alice.Request(SipMethod.Options, ListMessages.Exploder));
        Assert.Equal(("MESSAGE, OPTIONS", "recipient-list-message"), (response.Headers.GetText(SipHeaderId.Allow), response.Headers.GetText(SipHeaderId.Supported)));
        var bob = _alice.Request(SipMethod.Message, Bob, (SipHeaderId.Require, "recipient-list-message"));
        Assert.Equal(420, _alice.Call(bob).StatusCode);
    }

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }

    private SipMessage Challenged(SipMessage message)
    {
        var challenge = _alice.Send(message);
        _alice.TakeChallenge(challenge);
        return _alice.Authorize(_alice.Again(message), asProxy: challenge.StatusCode == 407);
    }
}
