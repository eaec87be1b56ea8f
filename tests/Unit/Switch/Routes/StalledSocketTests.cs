using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>A member who takes nothing is given up even when all that he owes lies in the kernel and none of it in his outbox.</summary>
public sealed class StalledSocketTests() : SocketRoomBase(MsrpBench.Options with { OutboxAge = TimeSpan.FromSeconds(1) })
{
    [Fact]
    public void TheKernelGivesUpAPeerThatTakesNothing()
    {
        var (alice, socket) = Join("sip:alice@example.com");
        var (bob, _) = Join("sip:bob@example.com");
        for (var i = 0; bob.Session.Connection is { IsBlocked: false }; i++)
        {
            var text = MsrpText.Cpim(alice.Aor, RoomBench.Uri, new string('x', 1000));
            Send(socket, MsrpText.Send($"t{i:d6}", alice.Session.LocalPath, alice.Options.RemotePath, $"t{i:d6}", text), new Random(1));
        }

        // The bench's own clock stands still: only the kernel knows how long that takes.
        Until(() => bob.Session.Connection is null);
        Assert.Contains($"{bob.Aor} gone {MsrpCloseReason.SlowReader}", Bench.Events);
    }
}
