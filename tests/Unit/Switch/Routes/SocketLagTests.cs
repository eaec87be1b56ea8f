using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>What waits in tails and outboxes comes through whole, and its memory comes back.</summary>
public sealed class SocketLagTests() : SocketRoomBase(MsrpBench.Options with { OutboxBytes = 1024 * 1024 })
{
    [Fact]
    public void WhatALaggingMemberMissedComesWholeAndInOrder()
    {
        var (alice, aliceSocket) = Join("sip:alice@example.com");
        var (bob, bobSocket) = Join("sip:bob@example.com");
        var said = new List<string>();
        var random = new Random(1);
        while (bob.Session.Connection!.Backlog < 600_000)
        {
            said.Add(MsrpText.Cpim(alice.Aor, RoomBench.Uri, $"{said.Count} {new string((char)('a' + (said.Count % 26)), random.Next(20_000))}"));
            var id = $"t{said.Count:d6}";
            Send(aliceSocket, MsrpText.Send(id, alice.Session.LocalPath, alice.Options.RemotePath, id, said[^1]), random);
        }

        var heard = new List<byte>();
        var bodies = new List<string>();
        Until(() =>
        {
            Receive(bobSocket, heard, 1 + random.Next(50_000));
            if (bob.Session.Connection!.Backlog == 0 && bobSocket.Available == 0)
            {
                var reading = MsrpReference.Read(heard.ToArray());
                bodies = [.. reading.Frames.Select(static frame => frame.Body!)];
                Assert.Equal(MsrpRejection.None, reading.Rejection);
            }

            return bodies.Count >= said.Count;
        });
        Assert.Equal(said, bodies);
        Assert.True(Bench.Msrp.Slabs.TotalRented > 150, "The outbox was more than one send could take.");
    }
}
