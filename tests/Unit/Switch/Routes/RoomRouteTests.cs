using OmaIm.Protocols.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>Who hears what (RFC 7701 section 6).</summary>
public sealed class RoomRouteTests : RoomTestBase
{
    [Fact]
    public void WhatOneSaysAllOthersHearByteForByte()
    {
        var (alice, bob, carol) = JoinThree();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, "Gr\u00fc\u00dfe \0\x01\xff\r\n\r\nline")
            .Replace("\r\n\r\nContent", "\r\nSubject:;lang=en hello\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 34jk324j\r\n\r\nContent", StringComparison.Ordinal);
        Assert.Equal(200, alice.SendWhole(body));
        Assert.Equal([body], bob.Hear());
        Assert.Equal([body], carol.Hear());
        Assert.Empty(alice.Hear());
    }

    [Fact]
    public void ADeliveryIsAFrameOfTheMembersOwnSession()
    {
        var (alice, bob, carol) = JoinThree();
        alice.Say("hello");
        var (toBob, toCarol) = (bob.Msrp.TakeOne(), carol.Msrp.TakeOne());
        Assert.Equal((bob.Msrp.Path, bob.Msrp.SessionPath, "partial", "message/cpim", '$'), (toBob.ToPath, toBob.FromPath, toBob["Failure-Report"], toBob["Content-Type"], toBob.Flag));
        Assert.Equal($"1-{toBob.Body!.Length}/{toBob.Body.Length}", toBob.ByteRange);
        Assert.Equal((carol.Msrp.Path, carol.Msrp.SessionPath), (toCarol.ToPath, toCarol.FromPath));
        Assert.DoesNotContain(alice.Msrp.Path, toBob.ToString(), StringComparison.Ordinal);
        Assert.Equal(["To-Path", "From-Path", "Message-ID", "Byte-Range", "Failure-Report", "Content-Type"], toBob.Headers.Select(static header => header.Name));
    }

    [Theory]
    [InlineData(FailureReport.Yes, null)]
    [InlineData(FailureReport.No, "no")]
    public void TheRoomChoosesWhatMembersAnswer(FailureReport report, string? header)
    {
        using var bench = new RoomBench(new RoomRouteOptions { FailureReport = report });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        alice.Say("hello");
        Assert.Equal(header, bob.Msrp.TakeOne()["Failure-Report"]);
    }

    [Fact]
    public void EverySessionOfAnAccountHearsButTheOneThatSpoke()
    {
        var (phone, desk, bob) = (Bench.Join(Alice), Bench.Join(Alice), Bench.Join(Bob));
        phone.Say("from the phone");
        desk.Say("from the desk");
        Assert.Equal(["from the desk"], phone.HearTexts());
        Assert.Equal(["from the phone"], desk.HearTexts());
        Assert.Equal(["from the phone", "from the desk"], bob.HearTexts());
    }

    [Fact]
    public void SeveralSessionsMayShareAConnection()
    {
        var connection = Bench.Msrp.Connect();
        var (phone, desk, bob) = (Bench.Join(Alice, connection: connection), Bench.Join(Bob, connection: connection), Bench.Join(Carol));
        bob.Say("to both");
        var frames = connection.TakeFrames();
        Assert.Equal([phone.Msrp.Path, desk.Msrp.Path], frames.Select(static frame => frame.ToPath).Order());
    }

    [Fact]
    public void AllHearTheSameOrder()
    {
        var members = Enumerable.Range(0, 5).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        var listener = Bench.Join(Carol);
        for (var i = 0; i < 50; i++)
        {
            var speaker = members[i * 7 % 5];
            var body = MsrpText.Cpim(speaker.Aor, RoomBench.Uri, $"{i:d2}");
            speaker.Connection.Receive(MsrpText.Send(speaker.Msrp.NextId(), speaker.Msrp.SessionPath, speaker.Msrp.Path, speaker.NextMessageId(), body));
        }

        var order = listener.HearTexts();
        Assert.Equal(50, order.Count);
        Assert.All(members, member => Assert.Equal(order.Where(text => members[int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * 7 % 5] != member), member.HearTexts()));
    }

    [Fact]
    public void AMemberHearsWhatIsSaidFromHisBindingToHisEnd()
    {
        var alice = Bench.Join(Alice);
        var bob = Bench.Invite(Bob);
        alice.Say("before");
        bob.Msrp.Bind();
        alice.Say("while");
        Assert.Equal(["while"], bob.HearTexts());
        bob.Member.Leave();
        alice.Say("after");
        Assert.Empty(bob.HearTexts());
        Assert.True(bob.Connection.IsTransportClosed);
        Assert.Equal([$"{Alice} bound", $"{Bob} bound", $"{Bob} gone Local"], Bench.Events);
        Assert.Equal(1, Bench.Room.ListenerCount);
    }

    [Fact]
    public void AMemberWhoNeverBoundLeavesToo()
    {
        var bob = Bench.Invite(Bob);
        bob.Member.Leave();
        Bench.Msrp.Run();
        Assert.Equal([$"{Bob} gone Local"], Bench.Events);
    }

    [Fact]
    public void ALateComerHearsOnlyMessagesThatBeginAfterHim()
    {
        var (alice, bob) = (Bench.Join(Alice), Bench.Join(Bob));
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, new string('x', 300));
        alice.SendChunk("long", body[..200], 1, body.Length);
        var carol = Bench.Join(Carol);
        alice.Say("short");
        alice.SendChunk("long", body[200..], 201, body.Length, '$');
        Assert.Equal(["short"], carol.HearTexts());
        Assert.Equal(0, carol.OpenCount);
        Assert.Contains(body, bob.Hear());
    }

    [Fact]
    public void AMessageAmongOthersInOneDrainReachesWhoeverIsThenThere()
    {
        var (alice, bob, carol) = (Bench.Join(Alice), Bench.Invite(Bob), Bench.Join(Carol));
        var say = (RoomPeer peer, string text) => peer.Connection.Receive(MsrpText.Send(
            peer.Msrp.NextId(), peer.Msrp.SessionPath, peer.Msrp.Path, peer.NextMessageId(), MsrpText.Cpim(peer.Aor, RoomBench.Uri, text)));
        say(alice, "one");
        bob.Connection.Receive(MsrpText.Request("SEND", "bind", bob.Msrp.SessionPath, bob.Msrp.Path, "Message-ID: bind0001"));
        say(carol, "two");
        Assert.Equal(["two"], bob.HearTexts());
        Assert.Equal(["one"], carol.HearTexts());
    }

    [Fact]
    public void AKeepAliveIsAnsweredAndNobodyHearsIt()
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(200, alice.Answer(alice.Msrp.Request("SEND", "Message-ID: 1234", "Keep-Alive: yes")));
        Assert.Equal(200, alice.SendWhole("beat", "text/x-msrp-heartbeat"));
        Assert.Equal(0, alice.SendWhole("beat", "text/x-msrp-heartbeat", "Failure-Report: no"));
        Assert.Empty(bob.Msrp.Take());
        Assert.Equal(0, Bench.Statistics.MessagesTaken);
    }

    [Fact]
    public void m28_AFloodOfEmptySendsCostsNobodyAnything()
    {
        var (alice, bob, carol) = JoinThree();
        for (var i = 0; i < 1000; i++)
        {
            alice.Connection.Receive(MsrpText.Request("SEND", alice.Msrp.NextId(), alice.Msrp.SessionPath, alice.Msrp.Path, "Message-ID: 1234"));
        }

        bob.Say("still here");
        Assert.Equal(["still here"], carol.HearTexts());
        Assert.Equal(1001, alice.Msrp.Take().Count);
    }

    [Theory]
    [InlineData("yes", 200)]
    [InlineData("partial", 0)]
    [InlineData("no", 0)]
    public void AMessageIsHeardWhateverAnswerItsSenderWants(string report, int code)
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(code, alice.SendWhole(MsrpText.Cpim(Alice, RoomBench.Uri, "text"), headers: "Failure-Report: " + report));
        Assert.Equal(["text"], bob.HearTexts());
    }

    [Fact]
    public void ASuccessReportComesBehindTheAnswerToTheLastChunk()
    {
        var (alice, bob, _) = JoinThree();
        var body = MsrpText.Cpim(Alice, RoomBench.Uri, "text");
        alice.Msrp.Send("1234", body[..50], $"1-50/{body.Length}", '+', headers: "Success-Report: yes");
        Assert.Equal(200, alice.Msrp.TakeOne().StatusCode);
        alice.Msrp.Send("1234", body[50..], $"51-{body.Length}/{body.Length}", headers: "Success-Report: yes");
        var frames = alice.Msrp.Take();
        Assert.Equal(2, frames.Count);
        Assert.Equal(200, frames[0].StatusCode);
        Assert.Equal(
            ("REPORT", "1234", $"1-{body.Length}/{body.Length}", "000 200 OK"), (frames[1].Method, frames[1].MessageId, frames[1].ByteRange, frames[1]["Status"]));
        Assert.DoesNotContain("Success-Report", bob.Msrp.Take().SelectMany(static frame => frame.Headers).Select(static header => header.Name));
    }

    [Fact]
    public void AMembersReportEndsInTheSwitch()
    {
        var (alice, bob, _) = JoinThree();
        alice.Say("hello");
        var delivery = bob.Msrp.TakeOne();
        bob.Msrp.Request("REPORT", "Message-ID: " + delivery.MessageId, "Status: 000 413 Unwanted message");
        bob.Msrp.Request("REPORT", "Message-ID: unknown1", "Status: 000 200 OK");
        bob.Msrp.Respond(delivery, 413);
        Assert.Empty(bob.Msrp.Take());
        Assert.Empty(alice.Msrp.Take());
        alice.Say("again");
        Assert.Equal(["again"], bob.HearTexts());
    }

    [Fact]
    public void AMemberWhoseClientDoesNotKnowTheSessionIsGone()
    {
        var (alice, bob, carol) = JoinThree();
        alice.Say("hello");
        bob.Msrp.Respond(bob.Msrp.TakeOne(), 481);
        Assert.Equal($"{Bob} gone SessionRefused", Bench.Events[^1]);
        alice.Say("again");
        Assert.Equal(["hello", "again"], carol.HearTexts());
    }

    [Fact]
    public void HeadersOfTheContentAndUnknownOnesGoAlong()
    {
        var (alice, bob, _) = JoinThree();
        string[] passed = ["Content-ID: <image@joyn.com>", "Content-Disposition: render", "X-Priority: 1"];
        alice.SendWhole(MsrpText.Cpim(Alice, RoomBench.Uri, "text"), headers: [.. passed, "Use-Path: msrp://x;tcp", "Expires: 4"]);
        var delivery = bob.Msrp.TakeOne();
        Assert.Equal(passed, delivery.Headers.Where(static header => header.Name[0] is 'X' || header.Name is "Content-ID" or "Content-Disposition").Select(static header => $"{header.Name}: {header.Value}"));
        Assert.Null(delivery["Use-Path"]);
        Assert.Null(delivery["Expires"]);
        Assert.Equal("Content-Type", delivery.Headers[^1].Name);
    }

    [Theory]
    [InlineData("text/plain", true, false, true)]
    [InlineData("text/PLAIN; charset=utf8", true, false, true)]
    [InlineData("image/png", false, true, true)]
    [InlineData("text/html", false, false, true)]
    [InlineData(null, true, false, true)]
    public void AMemberGetsTheWrappedTypesThatHeAccepts(string? type, bool bobHears, bool carolHears, bool daveHears)
    {
        var alice = Bench.Join(Alice);
        var bob = Bench.Join(Bob, acceptWrappedTypes: ["text/plain"]);
        var carol = Bench.Join(Carol, acceptWrappedTypes: ["image/*", "application/im-iscomposing+xml"]);
        var dave = Bench.Join("sip:dave@example.com");
        var mime = type is null ? "" : $"Content-type: {type}\r\n";
        var body = $"From: <{Alice}>\r\nTo: <{RoomBench.Uri}>\r\n\r\n{mime}Content-Length: 4\r\n\r\ntext";
        Assert.Equal(200, alice.SendWhole(body));
        foreach (var (peer, hears) in new[] { (bob, bobHears), (carol, carolHears), (dave, daveHears) })
        {
            Assert.Equal(hears ? [body] : [], peer.Hear());
        }
    }

    [Fact]
    public void WhenTheLastRestrictedMemberLeavesNothingIsLookedUpAnyMore()
    {
        var (alice, bob) = (Bench.Join(Alice), Bench.Join(Bob, acceptWrappedTypes: ["text/plain"]));
        bob.Member.Leave();
        var carol = Bench.Join(Carol, acceptWrappedTypes: ["image/png"]);
        alice.Say("text");
        Assert.Empty(carol.Hear());
    }
}
