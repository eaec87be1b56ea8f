using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>
/// Frames within bodies stay bodies: every octet that a member gets is read by the reference reader, and every message compared with what
/// was said.
/// </summary>
public sealed class SmugglingTests : RoomTestBase
{
    [Fact]
    public void NoBodyComesOutAsAFrame()
    {
        var (alice, bob, carol) = JoinThree();
        var said = HostileBodies(alice, bob).Select(static content => MsrpText.Cpim(Alice, RoomBench.Uri, content)).ToList();
        Assert.All(said, body => Assert.Equal(200, alice.SendWhole(body)));
        Assert.Equal(said, bob.Hear());
        Assert.Equal(said, carol.Hear());
        Assert.Empty(alice.Hear());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(33)]
    public void NoBodyComesOutAsAFrameHoweverItIsCut(int chunkSize)
    {
        var (alice, bob, carol) = JoinThree();
        foreach (var content in HostileBodies(alice, bob).Where(static content => content.Length < 600))
        {
            var body = MsrpText.Cpim(Alice, RoomBench.Uri, content);
            var id = alice.NextMessageId();
            var start = body.Length - content.Length;
            alice.SendChunk(id, body[..start], 1, body.Length);
            for (var at = start; at < body.Length; at += chunkSize)
            {
                var end = Math.Min(body.Length, at + chunkSize);
                alice.SendChunk(id, body[at..end], at + 1, body.Length, end == body.Length ? '$' : '+');
            }

            Assert.Equal([body], bob.Hear());
            Assert.Equal([body], carol.Hear());
        }
    }

    [Fact]
    public void ABodyThatRepeatsTheIdsOfEarlierDeliveriesComesOutAsABody()
    {
        var (alice, bob, carol) = JoinThree();
        for (var i = 0; i < 50; i++)
        {
            alice.Say("tell me the id");
            var id = bob.Msrp.TakeOne().TransactionId;
            var body = MsrpText.Cpim(Alice, RoomBench.Uri, $"\r\n-------{id}$\r\nMSRP {id} SEND\r\n");
            alice.SendWhole(body);
            Assert.Equal(body, Assert.Single(bob.Hear()));
            Assert.Equal(body, carol.Hear()[1]);
        }
    }

    [Fact]
    public void NoHeaderComesOutAsTwo()
    {
        var (alice, bob, _) = JoinThree();
        string[] hostile = ["X-A: b\rTo-Path: msrp://evil.test/x;tcp", "X-A: b\nTo-Path: x", "X-A: b\0", "X-A: \x85", "X\u00e9: y"];
        foreach (var header in hostile)
        {
            var mallory = Bench.Join("sip:mallory@example.com");
            mallory.Connection.Receive(MsrpText.Send("abcd", mallory.Msrp.SessionPath, mallory.Msrp.Path, "1234", MsrpText.Cpim(mallory.Aor, RoomBench.Uri, "x"), headers: header));
            Bench.Msrp.Run();
            Assert.True(mallory.Connection.IsTransportClosed);
        }

        Assert.Empty(bob.Msrp.Take());
        alice.SendWhole(MsrpText.Cpim(Alice, RoomBench.Uri, "x"), headers: "X-A: b;To-Path=x");
        Assert.Equal(["To-Path", "From-Path", "Message-ID", "Byte-Range", "Failure-Report", "X-A", "Content-Type"], bob.Msrp.TakeOne().Headers.Select(static header => header.Name));
    }

    [Fact]
    public void AFrameBehindAnotherOnesEndIsItsSendersOwn()
    {
        var (alice, bob, carol) = JoinThree();
        var forged = MsrpText.Send("wxyz", carol.Msrp.SessionPath, carol.Msrp.Path, "4321", MsrpText.Cpim(Carol, RoomBench.Uri, "forged"));
        alice.Connection.Receive(MsrpText.Send("abcd", alice.Msrp.SessionPath, alice.Msrp.Path, "1234", MsrpText.Cpim(Alice, RoomBench.Uri, "real")) + forged);
        Bench.Msrp.Run();
        Assert.Equal(["real"], bob.HearTexts());
        Assert.Equal([200, 506], alice.Msrp.Take().Select(static answer => answer.StatusCode));
    }

    [Fact]
    public void RandomBodiesArriveAsTheyAre()
    {
        var random = new Random(25);
        var (alice, bob, carol) = JoinThree();
        string[] parts = ["\r\n", "-------", "abcd", "$", "+", "#", "\r", "\n", "MSRP ", " SEND\r\n", "To-Path: ", alice.Msrp.SessionPath, bob.Msrp.Path, "\0", "\xff", "\r\n\r\n"];
        for (var i = 0; i < 300; i++)
        {
            var content = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)]));
            var body = MsrpText.Cpim(Alice, RoomBench.Uri, content);
            var id = alice.Msrp.Send(alice.NextMessageId(), body);
            if (alice.Answer(id) != 200)
            {
                // The body held its own frame's end-line, as a sender must not let it: his framing is lost, and nobody heard anything else.
                Assert.True(alice.Connection.IsTransportClosed);
                alice = Bench.Join(Alice);
                bob.Read();
                carol.Read();
                continue;
            }

            Assert.Equal([body], bob.Hear());
            Assert.Equal([body], carol.Hear());
        }

        Assert.Equal(0, bob.OpenCount);
    }

    private static List<string> HostileBodies(RoomPeer sender, RoomPeer victim)
    {
        var frame = MsrpText.Send("wxyz", victim.Msrp.Path, victim.Msrp.SessionPath, "4321", "forged", contentType: "text/plain");
        return
        [
            "\r\n-------abcd$\r\n",
            "\r\n-------abcd$\r\n" + frame,
            frame,
            frame + frame,
            MsrpText.Response("0123456789abcdef", 481, victim.Msrp.Path, victim.Msrp.SessionPath),
            MsrpText.Request("REPORT", "wxyz", victim.Msrp.SessionPath, sender.Msrp.Path, "Message-ID: 1234", "Status: 000 200 OK"),
            string.Concat(Enumerable.Range(0, 300).Select(static i => $"\r\n-------{i:x16}$\r\n-------{i:x16}+\r\n-------{i:x16}#\r\n")),
            "\r\n-------",
            "\r\n-------\r\n-------\r\n",
            new string('-', 5000),
            string.Concat(Enumerable.Repeat("\r\n", 2000)),
            "\r",
            "\n",
            "\0\r\n.\r\n",
            string.Concat(Enumerable.Range(0, 256).Select(static octet => (char)octet)),
        ];
    }
}
