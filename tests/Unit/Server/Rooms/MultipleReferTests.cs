using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>REFER with a list, RFC 5368.</summary>
[Trait("Section", "RFC 5368 5")]
public sealed class MultipleReferTests : IDisposable
{
    private const string Board = "sip:board@rooms.localhost";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void EverybodyOnTheListIsInvited()
    {
        var (bob, dave) = (Registered("bob"), Registered("dave"));
        var carol = ScriptedSession.Join(_server.Client("carol"), Board);

        var response = Refer(carol, "cid:list%40carol", "sip:bob@localhost", "sip:dave@localhost");

        Assert.Equal((202, "false"), (response.StatusCode, response.Headers.GetText(SipHeaderId.ReferSub)));
        Assert.Equal(SipMethod.Invite, Assert.Single(bob.Requests).Method);
        Assert.Equal(SipMethod.Invite, Assert.Single(dave.Requests).Method);
        Assert.DoesNotContain(carol.Client.Requests, request => request.Method == SipMethod.Notify);
    }

    [Fact]
    public void SomeMayGoWhileOthersCome()
    {
        var dave = Registered("dave");
        var alice = ScriptedSession.Join(_server.Client("alice"), Board);
        var carol = ScriptedSession.Join(_server.Client("carol"), Board);
        Assert.Equal(202, Refer(carol, "cid:list@carol", "sip:alice@localhost;method=BYE", "sip:dave@localhost").StatusCode);
        Assert.True(alice.IsEndedByServer);
        Assert.Single(dave.Requests);
    }

    [Fact]
    public void WhoMayNotDoAllOfItDoesNoneOfIt()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Board);
        var response = Refer(alice, "cid:list@carol", "sip:bob@localhost", "sip:dave@localhost");
        Assert.Equal((403, "399 localhost \"122 Function not allowed\""), (response.StatusCode, response.Headers.GetText(SipHeaderId.Warning)));
        Assert.Empty(bob.Requests);
    }

    [Theory]
    [InlineData("sip:bob@localhost", 400)]
    [InlineData("cid:another@carol", 400)]
    public void TheListMustBeThere(string referTo, int status) =>
        Assert.Equal(status, Refer(ScriptedSession.Join(_server.Client("carol"), Board), referTo, "sip:bob@localhost").StatusCode);

    [Fact]
    public void AnEmptyListIsNoRequest() =>
        Assert.Equal(403, Refer(ScriptedSession.Join(_server.Client("carol"), Board), "cid:list@carol").StatusCode);

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public void ALongListIsToldFromABrokenOne()
    {
        var uris = Enumerable.Range(0, 101).Select(number => $"sip:user{number}@localhost");
        var response = Refer(ScriptedSession.Join(_server.Client("carol"), Board), "cid:list@carol", [.. uris]);
        Assert.Equal((486, "Too Many Participants"), (response.StatusCode, response.ReasonPhrase));
    }

    private static SipMessage Refer(ScriptedSession session, string referTo, params string[] uris)
    {
        var refer = session.Request(SipMethod.Refer, (SipHeaderId.ReferTo, $"<{referTo}>"), (SipHeaderId.Require, "multiple-refer, norefersub"), (SipHeaderId.ReferSub, "false"));
        refer.Headers.Add("Content-ID", "<list@carol>");
        var list = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>" + string.Concat(uris.Select(uri => $"<entry uri=\"{uri}\"/>")) + "</list></resource-lists>";
        refer.SetBody("application/resource-lists+xml", Encoding.UTF8.GetBytes(list.Replace("list%40", "list@", StringComparison.Ordinal)));
        return session.Client.Send(refer);
    }

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
