using System.Text;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class OfferTests
{
    private static readonly MsrpLocal Local = RoomLeg.Describe("192.0.2.1", 9, "msrp://192.0.2.1:9/abc;tcp", maxMessageSize: 1000);

    [Fact]
    public void TheOfferIsThatOfAChatRoomMemberWhoConnects()
    {
        var lines = Encoding.UTF8.GetString(MsrpOfferAnswer.Offer(Local).ToBytes()).Split("\r\n");
        Assert.Equal(
            [
                "m=message 9 TCP/MSRP *",
                "a=accept-types:message/cpim",
                "a=accept-wrapped-types:*",
                "a=max-size:1000",
                "a=path:msrp://192.0.2.1:9/abc;tcp",
                "a=setup:active",
                "a=chatroom:nickname private-messages",
            ],
            lines.SkipWhile(line => !line.StartsWith("m=", StringComparison.Ordinal)).Where(line => line.Length > 0));
        Assert.Contains("c=IN IP4 192.0.2.1", lines);
    }

    [Theory]
    [InlineData(SetupRole.ActPass)]
    [InlineData(SetupRole.Passive)]
    public void AnInvitationIsAnsweredActive(SetupRole offered)
    {
        var outcome = MsrpOfferAnswer.Answer(Offer(offered), Local);
        Assert.True(outcome.IsAccepted);
        Assert.Equal(SetupRole.Active, outcome.LocalRole);
    }

    [Fact]
    public void JoiningARoomOffersTheDescriptionAlone()
    {
        var invite = SipRequests.Create(SipMethod.Invite);
        RoomInvitees.None.Fill(invite, "v=0\r\n"u8.ToArray());
        Assert.Equal("application/sdp", invite.ContentType!.MediaType);
        Assert.Null(invite.Require);
    }

    [Fact]
    public void AFactoryGetsTheListOfInviteesBesideTheOffer()
    {
        var invite = SipRequests.Create(SipMethod.Invite);
        new RoomInvitees(["sip:bob@localhost", "sip:carol@localhost"]).Fill(invite, "v=0\r\n"u8.ToArray());
        Assert.True(invite.Require!.Contains("recipient-list-invite"));
        Assert.Equal("multipart/mixed", invite.ContentType!.MediaType);
        Assert.True(MultipartBody.TryParse(invite.Headers.GetText(SipHeaderId.ContentType)!, invite.Body, out var parts));
        Assert.Equal(["application/sdp", "application/resource-lists+xml"], parts.Select(part => part.MediaType));
        Assert.Equal("recipient-list", parts[1].Disposition);
        Assert.True(ResourceList.TryParse(parts[1].Content, out var entries));
        Assert.Equal(["sip:bob@localhost", "sip:carol@localhost"], entries.Select(entry => entry.Uri));
    }

    private static SessionDescription Offer(SetupRole setup) =>
        MsrpOfferAnswer.Offer(Local with { Media = Local.Media with { Setup = setup, Port = 2855 } });
}
