using OmaIm.Protocols.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>Messages of several chunks go through the room chunk by chunk, and never end up somewhere in between.</summary>
public sealed class LongMessageTests : RoomTestBase
{
    [Theory]
    [InlineData(1, 200)]
    [InlineData(7, 1000)]
    [InlineData(100, 3000)]
    [InlineData(2048, 5000)]
    public void AMessageArrivesWholeHoweverItIsCut(int chunkSize, int length)
    {
        var (alice, bob, carol) = JoinThree();
        var body = Body(Alice, length);
        Assert.All(alice.SendInChunks("long", body, chunkSize), static code => Assert.Equal(200, code));
        Assert.Equal([body], bob.Hear());
        Assert.Equal([body], carol.Hear());
    }

    [Fact]
    public void AChunkGoesOnBeforeTheNextOneComes()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 3000);
        alice.SendChunk("long", body[..1000], 1, body.Length);
        var chunk = bob.Msrp.TakeOne();
        Assert.Equal((body[..1000], $"1-1000/{body.Length}", '+'), (chunk.Body, chunk.ByteRange, chunk.Flag));
    }

    [Fact]
    public void AHugeChunkStreamsThroughInPieces()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 1_000_000);
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body, $"1-*/{body.Length}"));
        for (var at = 0; at < bytes.Length; at += 30_000)
        {
            alice.Connection.Receive(bytes.AsSpan(at, Math.Min(30_000, bytes.Length - at)));
            bob.Read();
            Assert.True(at < 60_000 || bob.OpenCount > 0 || at + 30_000 >= bytes.Length);
        }

        Assert.Equal([body], bob.Hear());
        Assert.Equal(200, alice.Answer("abcd"));
    }

    [Fact]
    public void AnUnknownTotalBecomesKnownAtTheEnd()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 300);
        alice.SendChunk("long", body[..200], 1, -1);
        alice.SendChunk("long", body[200..], 201, -1, '$');
        var chunks = bob.Msrp.Take();
        Assert.Equal([$"1-200/*", $"201-{body.Length}/{body.Length}"], chunks.Select(static chunk => chunk.ByteRange));
    }

    [Fact]
    public void ARangeIsOptional()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 10);
        alice.Msrp.Send("1234", body);
        Assert.Equal([body], bob.Hear());
    }

    [Fact]
    public void AMessageMayEndInAChunkWithoutABody()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 100);
        alice.SendChunk("long", body, 1, -1);
        Assert.Equal(200, alice.Answer(alice.Msrp.Request("SEND", "Message-ID: long", $"Byte-Range: {body.Length + 1}-{body.Length}/{body.Length}")));
        Assert.Equal([body], bob.Hear());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnAbortIsPassedOn(bool hasBody)
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 300);
        alice.SendChunk("long", body[..200], 1, body.Length);
        if (hasBody)
        {
            Assert.Equal(200, alice.SendChunk("long", body[200..250], 201, body.Length, '#'));
        }
        else
        {
            alice.Connection.Receive(MsrpText.Request("SEND", "abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "Message-ID: long").Replace("abcd$", "abcd#", StringComparison.Ordinal));
            Assert.Equal(200, alice.Answer("abcd"));
        }

        Assert.Empty(bob.Hear());
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
        Assert.Equal(413, alice.SendChunk("long", body[200..], 201, body.Length, '$'));
    }

    [Fact]
    public void AnAbortBeforeAnythingWasHeardIsSilent()
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(200, alice.SendChunk("none", "text", 1, 4, '#'));
        alice.SendChunk("held", "From: <sip:al", 1, 400);
        Assert.Equal(200, alice.SendChunk("held", "ice", 14, 400, '#'));
        Assert.Empty(bob.Msrp.Take());
    }

    [Fact]
    public void m17_AnAbortAfterTenMegabytesLeavesNothingBehind()
    {
        var (alice, bob, _) = JoinThree();
        bob.Connection.DiscardsOutput = true;
        var chunk = new string('x', 100_000);
        var body = Body(Alice, 10);
        alice.SendChunk("long", body, 1, -1);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, alice.SendChunk("long", chunk, 1 + body.Length + (i * chunk.Length), -1));
        }

        bob.Connection.DiscardsOutput = false;
        Assert.Equal(200, alice.SendChunk("long", "", 1 + body.Length + (100 * chunk.Length), -1, '#'));
        Assert.Equal('#', bob.Msrp.TakeOne().Flag);
        Assert.Equal(0, bob.Connection.Backlog);
        AssertAllOpenMessagesAreFree(alice);
    }

    [Fact]
    public void WhenASenderDiesAllHearTheEndOfHisUnfinishedMessages()
    {
        var (alice, bob, carol) = JoinThree();
        foreach (var id in new[] { "one1", "two2", "three3" })
        {
            var body = Body(Alice, 300);
            alice.SendChunk(id, body[..200], 1, body.Length);
        }

        alice.Connection.EndInput();
        foreach (var peer in new[] { bob, carol })
        {
            Assert.Empty(peer.Hear());
            Assert.Equal((3, 0), (peer.Aborted, peer.OpenCount));
        }

        Assert.Equal($"{Alice} gone PeerClosed", Bench.Events[^1]);
    }

    [Fact]
    public void TheEndOfADeadSendersMessageIsItsOwnWhateverOthersSayMeanwhile()
    {
        var (alice, bob, carol) = JoinThree();
        alice.SendChunk("long", Body(Alice, 300)[..200], 1, 300);
        alice.Connection.EndInput();
        Bench.Msrp.Loop.RunOnce();
        carol.Connection.Receive(MsrpText.Send("abcd", carol.Msrp.SessionPath, carol.Msrp.Path, "other", MsrpText.Cpim(Carol, RoomBench.Uri, "meanwhile")));
        Assert.Equal(["meanwhile"], bob.HearTexts());
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
    }

    [Fact]
    public void ASenderWhoDiesInsideAChunkEndsHisMessage()
    {
        var (alice, bob, _) = JoinThree();
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", Body(Alice, 100_000))[..60_000]);
        bob.Read();
        Assert.Equal(1, bob.OpenCount);
        alice.Connection.EndInput();
        Assert.Empty(bob.Hear());
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
    }

    [Fact]
    public void m15_TwoSendersMayUseTheSameMessageId()
    {
        var (alice, bob, carol) = JoinThree();
        var (fromAlice, fromBob) = (Body(Alice, 300), Body(Bob, 300));
        for (var at = 0; at < 300; at += 100)
        {
            alice.SendChunk("same", fromAlice[at..(at + 100)], at + 1, fromAlice.Length);
            bob.SendChunk("same", fromBob[at..(at + 100)], at + 1, fromBob.Length);
        }

        alice.SendChunk("same", fromAlice[300..], 301, fromAlice.Length, '$');
        bob.SendChunk("same", fromBob[300..], 301, fromBob.Length, '$');
        Assert.Equal([fromAlice, fromBob], carol.Hear());
    }

    [Fact]
    public void m16_ChunksOfFiftyMessagesInterleave()
    {
        var senders = Enumerable.Range(0, 5).Select(i => Bench.Join($"sip:user{i}@example.com")).ToList();
        var listener = Bench.Join(Carol);
        var messages = senders.SelectMany(sender => Enumerable.Range(0, 10).Select(i => (Sender: sender, Id: $"msg{i}", Body: Body(sender.Aor, 200 + i)))).ToList();
        var random = new Random(16);
        for (var at = 0; at < 500; at += 50)
        {
            foreach (var (sender, id, body) in messages.OrderBy(_ => random.Next()).ToList())
            {
                if (at < body.Length)
                {
                    var end = Math.Min(body.Length, at + 50);
                    Assert.Equal(200, sender.SendChunk(id, body[at..end], at + 1, body.Length, end == body.Length ? '$' : '+'));
                }
            }
        }

        Assert.Equal(messages.Select(static message => message.Body).Order(), listener.Hear().Order());
        Assert.Equal(messages.Where(message => message.Sender != senders[0]).Select(static message => message.Body).Order(), senders[0].Hear().Order());
    }

    [Theory]
    [InlineData(150, -1)]
    [InlineData(202, -1)]
    [InlineData(1, -1)]
    [InlineData(long.MaxValue, -1)]
    [InlineData(201, 400)]
    [InlineData(201, 250)]
    public void m12_AChunkThatDoesNotContinueItsMessageEndsIt(long start, long total)
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 300);
        alice.SendChunk("long", body[..200], 1, body.Length);
        alice.Msrp.Send("long", "xyz", $"{start}-*/{(total < 0 ? "*" : total)}", '+');
        Assert.Contains(alice.Msrp.Connection.TakeFrames(), static answer => answer.StatusCode == 400);
        Assert.Empty(bob.Hear());
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
        Assert.Equal(413, alice.SendChunk("long", body[200..], 201, body.Length, '$'));
        Assert.Equal(200, alice.Say("next"));
        Assert.Equal(["next"], bob.HearTexts());
    }

    [Fact]
    public void AChunkWithABrokenRangeIsNoneAndTheMessageCanGoOn()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 300);
        alice.SendChunk("long", body[..200], 1, body.Length);
        alice.Msrp.Send("long", "xyz", "201-*/100", '+');
        Assert.Equal(400, alice.Msrp.TakeOne().StatusCode);
        Assert.Equal(200, alice.SendChunk("long", body[200..], 201, body.Length, '$'));
        Assert.Equal([body], bob.Hear());
    }

    [Fact]
    public void m12_MoreThanWasAnnouncedIsRefused()
    {
        var (alice, bob, _) = JoinThree();
        var body = Body(Alice, 300);
        alice.Msrp.Send("abcd", body[..200], "1-*/150", '+');
        Assert.Equal(400, alice.Msrp.TakeOne().StatusCode);
        alice.SendChunk("long", body[..200], 1, 210);
        alice.Msrp.Send("long", body[200..], "201-*/210", '+');
        Assert.Equal(400, alice.Msrp.TakeOne().StatusCode);
        bob.Read();
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
    }

    [Fact]
    public void AMessageThatBeginsInTheMiddleIsRefused()
    {
        var (alice, bob, _) = JoinThree();
        Assert.Equal(413, alice.SendChunk("long", "text", 5, 8, '$'));
        Assert.Equal(1, Bench.Statistics.Rejections(MsrpRejection.StoppedMessage));
        Assert.Empty(bob.Msrp.Take());
    }

    [Theory]
    [InlineData("1-*/100001")]
    [InlineData("1-*/9223372036854775807")]
    public void AMessageThatAnnouncesTooMuchIsRefusedAtOnce(string range)
    {
        using var bench = new RoomBench(new RoomRouteOptions { MaximumMessageSize = 100_000 });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        alice.Msrp.Send("long", Body(Alice, 10), range, '+');
        Assert.Equal(413, alice.Msrp.TakeOne().StatusCode);
        Assert.Empty(bob.Msrp.Take());
    }

    [Fact]
    public void AMessageThatGrowsTooLongIsAbortedInTheMiddle()
    {
        using var bench = new RoomBench(new RoomRouteOptions { MaximumMessageSize = 1000 });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        var body = Body(Alice, 2000);
        Assert.Equal(200, alice.SendChunk("long", body[..900], 1, -1));
        Assert.Equal(413, alice.SendChunk("long", body[900..1100], 901, -1));
        bob.Read();
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
        Assert.Equal(413, alice.SendWhole(Body(Alice, 2000)));
        Assert.Equal(1, bench.Statistics.Rejections(MsrpRejection.MessageTooLarge) - 1);
        Assert.Equal(200, alice.Say("short"));
    }

    [Fact]
    public void AStreamedChunkThatGrowsTooLongIsRefusedOnce()
    {
        using var bench = new RoomBench(new RoomRouteOptions { MaximumMessageSize = 50_000 });
        var (alice, bob) = (bench.Join(Alice), bench.Join(Bob));
        alice.Msrp.Send("long", Body(Alice, 200_000), "1-*/*");
        Assert.Equal(413, alice.Msrp.TakeOne().StatusCode);
        bob.Read();
        Assert.Equal((1, 0), (bob.Aborted, bob.OpenCount));
        Assert.Equal(200, alice.Say("short"));
    }

    [Fact]
    public void m14_ASessionMayOpenFewMessagesAtATime()
    {
        var (alice, bob, carol) = JoinThree();
        var body = Body(Alice, 300);
        var limit = Bench.Room.Options.MaximumOpenMessages;
        var codes = Enumerable.Range(0, 1000).Select(i => alice.SendChunk($"open{i}", body[..200], 1, body.Length)).ToList();
        Assert.Equal(limit, codes.Count(static code => code == 200));
        Assert.Equal(1000 - limit, codes.Count(static code => code == 413));
        Assert.Equal(200, alice.Say("short ones pass"));
        bob.Read();
        Assert.Equal(limit, bob.OpenCount);
        Assert.Equal(200, alice.SendChunk("open0", body[200..], 201, body.Length, '$'));
        Assert.Equal(200, alice.SendChunk("another", body[..200], 1, body.Length));
        Assert.Equal(200, bob.SendChunk("mine", Body(Bob, 300)[..200], 1, -1));
        Assert.Equal(2, carol.Hear().Count);
    }

    [Fact]
    public void LongMessagesTakeTheirTurnsWithShortOnes()
    {
        using var bench = new RoomBench(loop: MsrpBench.Options with { StreamBytes = 50_000 });
        var (alice, bob, carol) = (bench.Join(Alice), bench.Join(Bob), bench.Join(Carol));
        var body = Body(Alice, 500_000);
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "long", body));
        bob.Connection.Receive(MsrpText.Send("efgh", bob.Msrp.SessionPath, bob.Msrp.Path, "short", MsrpText.Cpim(Bob, RoomBench.Uri, "short")));
        bench.Msrp.Loop.RunOnce();
        Assert.True(alice.Connection.UnreadInput > 300_000, "a drain takes its share of a long message only");
        var heard = carol.Hear();
        Assert.EndsWith("short", heard[0], StringComparison.Ordinal);
        Assert.Equal(body, heard[1]);
    }

    private static string Body(string from, int length) =>
        MsrpText.Cpim(from, RoomBench.Uri, string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i % 26)))));

    private static void AssertAllOpenMessagesAreFree(RoomPeer peer)
    {
        for (var i = 0; i < peer.Member.Room.Options.MaximumOpenMessages; i++)
        {
            Assert.Equal(200, peer.SendChunk($"free{i}", Body(peer.Aor, 10), 1, -1));
        }
    }
}
