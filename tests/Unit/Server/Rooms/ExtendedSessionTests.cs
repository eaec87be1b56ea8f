using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;
using OmaIm.Server.Rooms;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>A one-to-one session becomes a group: the peer's entry in the list names the session (OMA IM section 7.6).</summary>
[Trait("Section", "OMA IM 7.6")]
public sealed class ExtendedSessionTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    [Trait("Section", "RFC 3891 3")]
    public void ThePeerIsInvitedInThePlaceOfHisOwnDialog()
    {
        _server.Server.Rooms.Services.SessionDialogs = new OneSession("alices-call", "alices-tag", "servers-tag", "bobs-call;to-tag=bobs-tag;from-tag=other-tag");
        var invite = InviteTo("sip:bob@localhost?Replaces=alices-call%3Bto-tag%3Dservers-tag%3Bfrom-tag%3Dalices-tag");
        Assert.Equal("bobs-call;to-tag=bobs-tag;from-tag=other-tag", invite.Headers.GetText(SipHeaderId.Replaces));
    }

    [Theory]
    [InlineData("sip:bob@localhost?Replaces=another-call%3Bto-tag%3Da%3Bfrom-tag%3Db")]
    [InlineData("sip:bob@localhost?Replaces=broken")]
    [InlineData("sip:bob@localhost")]
    public void WithoutSuchASessionHeIsInvitedAsAnybody(string entry)
    {
        _server.Server.Rooms.Services.SessionDialogs = new OneSession("alices-call", "alices-tag", "servers-tag", "bobs-call;to-tag=bobs-tag;from-tag=other-tag");
        var invite = InviteTo(entry);
        Assert.False(invite.Headers.Contains(SipHeaderId.Replaces));
        Assert.Equal("sip:bob@localhost", invite.To!.Uri.ToString());
    }

    [Fact]
    public void RcsNamesTheSessionByItsContribution()
    {
        var invite = InviteTo("sip:bob@localhost?Session-Replaces=0123456789abcdef0123456789abcdef");
        Assert.Equal("0123456789abcdef0123456789abcdef", invite.Headers.GetText("Session-Replaces"));
    }

    [Theory]
    [InlineData("abc%0D%0AX-Evil%3A%20yes")]
    [InlineData("a%20b")]
    [InlineData("%00")]
    public void NothingElseComesInThatWay(string value)
    {
        var invite = InviteTo("sip:bob@localhost?Session-Replaces=" + value);
        Assert.Null(invite.Headers.GetText("Session-Replaces"));
        Assert.DoesNotContain("Evil", invite.ToString(), StringComparison.Ordinal);
        Assert.Null(Invitee.Read(SipUri.Parse("sip:bob@localhost?Replaces=" + value))!.Replaced);
    }

    private SipMessage InviteTo(string entry)
    {
        var bob = _server.Client("bob");
        bob.Register();
        var alice = _server.Client("alice");
        var invite = alice.Request(SipMethod.Invite, "sip:conference-factory@localhost", (SipHeaderId.Require, "recipient-list-invite"));
        var list = $"<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"{entry}\"/></list></resource-lists>";
        invite.SetBody("multipart/mixed;boundary=b1", Encoding.UTF8.GetBytes(
            $"--b1\r\nContent-Type: application/sdp\r\n\r\n{ScriptedSession.Offer()}\r\n" +
            $"--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n{list}\r\n--b1--\r\n"));
        Assert.Equal(200, alice.Call(invite).StatusCode);
        return Assert.Single(bob.Requests);
    }

    private sealed class OneSession(string callId, string localTag, string remoteTag, string answer) : ISessionDialogs
    {
        public ReplacesHeader? FindPeerDialog(string asked, string askedLocal, string askedRemote) =>
            (asked, askedLocal, askedRemote) == (callId, localTag, remoteTag) && ReplacesHeader.TryParse(Encoding.UTF8.GetBytes(answer), out var found) ? found : null;
    }
}
