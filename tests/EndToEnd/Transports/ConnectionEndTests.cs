using OmaIm.Tests.EndToEnd.Hostile;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Transports;

/// <summary>How connections end, whatever carries them: nothing that was said is lost, and no reset takes back what the peer has not read.</summary>
public abstract class ConnectionEndTests(HostileRoom room)
{
    [Fact]
    public async Task APeerThatSendsNothingMoreStillGetsItsAnswersBeforeTheEnd()
    {
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        var words = dave.Cpim("last words");
        await dave.SendAsync("last", "mess1", words, $"1-{words.Length}/{words.Length}");
        await dave.Socket.EndSendingAsync();
        await dave.Socket.ReadToEndAsync();
        Assert.Equal([200], dave.Statuses("last"));
        Assert.False(dave.Socket.WasReset);
        await room.GoesOnAfterAsync("last words");
    }

    [Fact]
    public async Task ASessionThatEndsEndsItsConnectionInOrder()
    {
        await using var dave = await RawMember.JoinAsync(room.Appliance, "dave");
        await dave.Session.LeaveAsync();
        await dave.Socket.ReadToEndAsync();
        Assert.False(dave.Socket.WasReset);
        await room.GoesOnAfterAsync();
    }

    public sealed class OverSockets(HostileRoom room) : ConnectionEndTests(room), IClassFixture<HostileRoom>;

    public sealed class OverPipes(PipedHostileRoom room) : ConnectionEndTests(room), IClassFixture<PipedHostileRoom>;

    public sealed class OverTls(TlsHostileRoom room) : ConnectionEndTests(room), IClassFixture<TlsHostileRoom>;
}
