using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

public sealed class MsrpOfferAnswerTests
{
    private const string Path = "a=path:msrp://alice.example.com:7394/2s93i93idj;tcp";
    private const string Types = "a=accept-types:message/cpim text/plain text/html";
    private const string Setup = "a=setup:actpass";
    private const string MediaLine = "m=message 7394 TCP/MSRP *";

    [Fact]
    public void TheRoomAnswersWithWhatTheContractPromises()
    {
        var outcome = MsrpOfferAnswer.Answer(SdpVectors.Parse(SdpVectors.Offer), SdpVectors.Room);

        Assert.True(outcome.IsAccepted);
        Assert.Equal(SetupRole.Passive, outcome.LocalRole);
        Assert.Equal(
            WireText.Text(WireText.Lines("""
                v=0
                o=- 4711 1 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=message 2855 TCP/MSRP *
                a=accept-types:message/cpim
                a=accept-wrapped-types:*
                a=path:msrp://192.0.2.1:2855/room1234;tcp
                a=setup:passive
                a=chatroom:nickname private-messages
                """)),
            WireText.Text(outcome.Answer.ToBytes()));
    }

    [Fact]
    public void TheRemoteEndIsReadFromTheOffer()
    {
        var remote = MsrpOfferAnswer.Answer(SdpVectors.Parse(SdpVectors.Offer), SdpVectors.Room).Remote!;

        Assert.Equal(("TCP/MSRP", "alice.example.com", 7394), (remote.Protocol, remote.Host, remote.Port));
        Assert.Equal("msrp://alice.example.com:7394/2s93i93idj;tcp", remote.Path);
        Assert.Equal(["message/cpim", "text/plain", "text/html"], remote.AcceptTypes);
        Assert.Equal(["text/plain", "text/html", "*"], remote.AcceptWrappedTypes);
        Assert.Equal(1048576, remote.MaxSize);
        Assert.Equal(SetupRole.ActPass, remote.Setup);
        Assert.True(remote.IsChatroom);
        Assert.Equal(["nickname", "private-messages"], remote.ChatroomTokens);
        Assert.Equal(MediaDirection.SendReceive, remote.Direction);
        Assert.False(remote.IsCema);
    }

    [Theory]
    [InlineData(Setup, SetupRole.Passive)]
    [InlineData("a=setup:active", SetupRole.Passive)]
    [InlineData("a=setup:ACTIVE ", SetupRole.Passive)]
    [InlineData("", SetupRole.Passive)]
    [InlineData("a=setup:passive", SetupRole.Active)]
    public void TheAnswerIsPassiveWheneverTheOfferAllowsIt(string line, SetupRole expected)
    {
        var outcome = MsrpOfferAnswer.Answer(SdpVectors.OfferWith((Setup, line)), SdpVectors.Room);
        Assert.Equal(expected, outcome.LocalRole);
        Assert.Equal(expected == SetupRole.Active ? "active" : "passive", outcome.Answer!.Media[0].Attribute("setup"));
    }

    public static TheoryData<SdpRejection, string, string> Rejections => new()
    {
        { SdpRejection.NoMsrpMedia, MediaLine, "m=audio 7394 RTP/AVP 0" },
        { SdpRejection.NoMsrpMedia, MediaLine, "m=message 0 TCP/MSRP *" },
        { SdpRejection.NoMsrpMedia, MediaLine, "m=message 7394 TCP/WS/MSRP *" },
        { SdpRejection.NoMsrpMedia, Setup, "a=file-selector:name:\"x\"" },
        { SdpRejection.TransportMismatch, MediaLine, "m=message 7394 TCP/TLS/MSRP *" },
        { SdpRejection.BadHost, MediaLine, MediaLine + "\nc=IN IP4 " + new string('x', 256) },
        { SdpRejection.BadPath, Path, "" },
        { SdpRejection.BadPath, Path, "a=path:" },
        { SdpRejection.BadPath, Path, "a=path:sip:alice@example.com" },
        { SdpRejection.BadPath, Path, "a=path:msrp://alice.example.com:7394;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://alice.example.com:7394/;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://alice.example.com:7394/x" },
        { SdpRejection.BadPath, Path, "a=path:msrp:///x;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://[]:1/x;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://h:1/x;tcp  msrp://h:1/y;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://h:1/\u00e4;tcp" },
        { SdpRejection.BadPath, Path, "a=path:msrp://h:1/" + new string('x', 1024) + ";tcp" },
        { SdpRejection.NoAcceptTypes, Types, "" },
        { SdpRejection.NoAcceptTypes, Types, "a=accept-types:" },
        { SdpRejection.NoAcceptTypes, Types, "a=accept-types:  " },
        { SdpRejection.TypeNotAccepted, Types, "a=accept-types:text/plain text/*" },
        { SdpRejection.BadSetup, Setup, "a=setup:holdconn" },
        { SdpRejection.BadSetup, Setup, "a=setup" },
        { SdpRejection.BadSetup, Setup, "a=setup:both" },
        { SdpRejection.BadFile, Setup, "a=file-selector:name:\"x" },
    };

    [Theory]
    [MemberData(nameof(Rejections))]
    public void AnOfferThatDoesNotFitIsRefusedWithItsReason(SdpRejection expected, string line, string replacement)
    {
        var local = expected == SdpRejection.BadFile
            ? SdpVectors.Room with { Media = SdpVectors.Room.Media with { File = new FileTransfer { Selector = new FileSelector() } } }
            : SdpVectors.Room;
        var outcome = MsrpOfferAnswer.Answer(SdpVectors.OfferWith((line, replacement)), local);
        Assert.Equal(expected, outcome.Rejection);
        Assert.False(outcome.IsAccepted);
        Assert.Null(outcome.Answer);
    }

    [Fact]
    public void EveryRejectionHasACaseAndWordsOfItsOwn()
    {
        var all = Enum.GetValues<SdpRejection>().Where(rejection => rejection != SdpRejection.None).ToList();
        Assert.Equal(all, Rejections.Select(row => (SdpRejection)((object[])row)[0]).Distinct().Order());
        Assert.Equal(all.Count, all.Select(MsrpOfferAnswer.Phrase).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("a=path:msrps://alice.example.com/x;tcp")]
    [InlineData("a=path:MSRP://alice@example.com:1/x;TCP;param=1")]
    [InlineData("a=path: msrp://h:1/a+b/c=;tcp")]
    [InlineData("a=path:msrp://relay.example.com:1;tcp msrp://alice.example.com:2/x;tcp")]
    public void PathsThatAreMetAreAccepted(string line) =>
        Assert.True(MsrpOfferAnswer.Answer(SdpVectors.OfferWith((Path, line)), SdpVectors.Room).IsAccepted);

    [Fact]
    public void WithoutConnectionLineTheFirstHostOfThePathIsTheAddress()
    {
        var offer = SdpVectors.OfferWith(
            ("c=IN IP4 alice.example.com", ""),
            (Path, "a=path:msrp://u@[2001:db8::5]:9/r;tcp msrp://alice.example.com:7394/x;tcp"));
        Assert.Equal("2001:db8::5", MsrpOfferAnswer.Answer(offer, SdpVectors.Room).Remote!.Host);
    }

    [Fact]
    public void EveryOtherMediaLineIsRejectedByPortZeroInItsPlace()
    {
        var offer = SdpVectors.Parse(SdpVectors.Offer.Replace(MediaLine, $"m=audio 49170 RTP/AVP 0 8\nm=message 5 TCP/TLS/MSRP *\n{MediaLine}", StringComparison.Ordinal)
            + "\nm=message 9 TCP/MSRP *\na=accept-types:*\na=path:msrp://b:9/x;tcp");
        var outcome = MsrpOfferAnswer.Answer(offer, SdpVectors.Room);

        Assert.Equal(2, outcome.MediaIndex);
        Assert.Equal(
            ["audio 0 RTP/AVP 0 8", "message 0 TCP/TLS/MSRP *", "message 2855 TCP/MSRP *", "message 0 TCP/MSRP *"],
            outcome.Answer!.Media.Select(media => $"{media.Media} {media.Port} {media.Protocol} {media.Formats}"));
        Assert.Equal([0, 0, 6 - 1, 0], outcome.Answer.Media.Select(media => media.Attributes.Count));
    }

    [Fact]
    public void ABrokenChatDoesNotHideAGoodOne()
    {
        var offer = SdpVectors.Parse(SdpVectors.Offer.Replace(MediaLine, $"m=message 5 TCP/MSRP *\n{MediaLine}", StringComparison.Ordinal));
        Assert.Equal(1, MsrpOfferAnswer.Answer(offer, SdpVectors.Room).MediaIndex);
    }

    [Theory]
    [InlineData("a=maxsize:10000", 10000L)]
    [InlineData("a=max-size:0", 0L)]
    [InlineData("a=max-size:99999999999999999999", null)]
    [InlineData("a=max-size:-5", null)]
    [InlineData("a=max-size:12 ", 12L)]
    [InlineData("a=max-size", null)]
    public void TheSizeLimitIsReadInBothSpellings(string line, long? expected) =>
        Assert.Equal(expected, MsrpOfferAnswer.Answer(SdpVectors.OfferWith(("a=max-size:1048576", line)), SdpVectors.Room).Remote!.MaxSize);

    [Theory]
    [InlineData("a=chatroom", true, "")]
    [InlineData("a=chatroom:", true, "")]
    [InlineData("a=chatroom: nickname  closedgroupchat", true, "nickname,closedgroupchat")]
    [InlineData("", false, "")]
    public void ChatroomTokensAreReadAsTheyAreWritten(string line, bool isChatroom, string tokens)
    {
        var remote = MsrpOfferAnswer.Answer(SdpVectors.OfferWith(("a=chatroom:nickname private-messages", line == "" ? "a=x" : line)), SdpVectors.Room).Remote!;
        Assert.Equal((isChatroom, tokens), (remote.IsChatroom, string.Join(',', remote.ChatroomTokens)));
    }

    [Theory]
    [InlineData("sendrecv", MediaDirection.SendReceive, null)]
    [InlineData("sendonly", MediaDirection.SendReceive, "recvonly")]
    [InlineData("recvonly", MediaDirection.SendReceive, "sendonly")]
    [InlineData("inactive", MediaDirection.SendReceive, "inactive")]
    [InlineData("sendrecv", MediaDirection.ReceiveOnly, "recvonly")]
    [InlineData("recvonly", MediaDirection.ReceiveOnly, "inactive")]
    [InlineData("sendonly", MediaDirection.ReceiveOnly, "recvonly")]
    public void EachWayIsOpenOnlyWhenBothSidesWantIt(string offered, MediaDirection local, string? expected)
    {
        var room = SdpVectors.Room with { Media = SdpVectors.Room.Media with { Direction = local } };
        var answer = MsrpOfferAnswer.Answer(SdpVectors.OfferWith((Setup, "a=" + offered)), room).Answer!;
        var directions = answer.Media[0].Attributes.Select(attribute => attribute.Name).Intersect(["sendrecv", "sendonly", "recvonly", "inactive"], StringComparer.Ordinal);
        Assert.Equal(expected, directions.SingleOrDefault());
    }

    [Fact]
    public void SetupDirectionAndCemaMayStandAtSessionLevel()
    {
        var offer = SdpVectors.OfferWith((Setup, "a=x"), ("t=0 0", "t=0 0\na=setup:passive\na=recvonly\na=msrp-cema"));
        var remote = MsrpOfferAnswer.Answer(offer, SdpVectors.Room).Remote!;
        Assert.Equal((SetupRole.Passive, MediaDirection.ReceiveOnly, true), (remote.Setup!.Value, remote.Direction, remote.IsCema));
    }

    [Fact]
    public void AListOfTenThousandTypesIsCutAtItsLimit()
    {
        var offer = SdpVectors.OfferWith((Types, "a=accept-types:message/cpim " + string.Join(' ', Enumerable.Repeat("a/b", 10_000))));
        Assert.Equal(SdpLimits.Tokens, MsrpOfferAnswer.Answer(offer, SdpVectors.Room).Remote!.AcceptTypes.Count);
    }

    [Fact]
    public void OfferAndAnswerAgreeOnWhoConnects()
    {
        foreach (var offered in new SetupRole?[] { null, SetupRole.Active, SetupRole.Passive, SetupRole.ActPass })
        {
            var client = SdpVectors.Room with { Media = SdpVectors.Room.Media with { Setup = offered } };
            var outcome = MsrpOfferAnswer.Answer(MsrpOfferAnswer.Offer(client), SdpVectors.Room);
            Assert.True(MsrpOfferAnswer.TryReadAnswer(outcome.Answer!, out var remote));
            Assert.NotEqual(outcome.LocalRole, MsrpOfferAnswer.RoleOfOfferer(offered, remote.Setup));
        }
    }

    [Theory]
    [InlineData(null, null, SetupRole.Active)]
    [InlineData(SetupRole.ActPass, null, SetupRole.Active)]
    [InlineData(SetupRole.Passive, null, SetupRole.Passive)]
    [InlineData(SetupRole.ActPass, SetupRole.ActPass, SetupRole.Active)]
    [InlineData(SetupRole.ActPass, SetupRole.Active, SetupRole.Passive)]
    public void AnAnswerWithoutSetupFollowsRfc4975(SetupRole? offered, SetupRole? answered, SetupRole expected) =>
        Assert.Equal(expected, MsrpOfferAnswer.RoleOfOfferer(offered, answered));

    [Fact]
    public void ARejectedStreamIsNoAnswer()
    {
        Assert.False(MsrpOfferAnswer.TryReadAnswer(SdpVectors.OfferWith((MediaLine, "m=message 0 TCP/MSRP *")), out _));
        Assert.False(MsrpOfferAnswer.TryReadAnswer(SdpVectors.OfferWith((Path, "")), out _));
    }

    [Fact]
    public void TheVersionRisesByOneWithEachChangeAndOnlyThen()
    {
        var first = MsrpOfferAnswer.Offer(SdpVectors.Room);
        var same = MsrpOfferAnswer.Revise(MsrpOfferAnswer.Offer(SdpVectors.Room with { Origin = SdpOrigin.Create("192.0.2.1") }), first);
        Assert.Equal(first.Origin, same.Origin);

        var held = SdpVectors.Room with { Media = SdpVectors.Room.Media with { Direction = MediaDirection.Inactive } };
        var changed = MsrpOfferAnswer.Revise(MsrpOfferAnswer.Offer(held), first);
        Assert.Equal(first.Origin with { Version = first.Origin.Version + 1 }, changed.Origin);
    }

    [Theory]
    [InlineData("*", "image/png", true)]
    [InlineData("*/*", "image/png", true)]
    [InlineData("text/*", "text/plain", true)]
    [InlineData("text/*", "TEXT/HTML; charset=utf-8", true)]
    [InlineData("text/*", "textual/plain", false)]
    [InlineData("text/plain", "Text/Plain ;charset=utf-8", true)]
    [InlineData("text/plain", "text/plainer", false)]
    [InlineData("Message/CPIM", "message/cpim", true)]
    public void AcceptTypesMatch(string entry, string mediaType, bool expected)
    {
        var media = SdpVectors.Room.Media with { AcceptTypes = [entry], AcceptWrappedTypes = ["application/x"] };
        Assert.Equal(expected, media.Accepts(mediaType));
        Assert.Equal(expected, media.AcceptsWrapped(mediaType));
        Assert.True(media.AcceptsWrapped("application/x"));
        Assert.Equal(entry is "*" or "*/*", media.Accepts("application/x"));
    }
}
