using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>The 49 torture messages of RFC 4475 over a live connection, while two others talk in a room.</summary>
public sealed class TortureTests(HostileRoom room) : IClassFixture<HostileRoom>
{
    public static TheoryData<TortureVector> Vectors => [.. TortureVectors.OverTcp];

    [Fact]
    public void EveryFileHasItsRow()
    {
        var files = Directory.GetFiles(TortureVectors.Folder, "*.dat").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
        Assert.Equal(files, TortureVectors.OverTcp.Select(static vector => vector.File).Order(StringComparer.Ordinal));
        Assert.Equal(49, TortureVectors.OverTcp.Count);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task OverTcpItGetsTheAnswerThatTheRfcNames(TortureVector vector)
    {
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync(TortureVectors.Read(vector.File));
        switch (vector.End)
        {
            case StreamEnd.Open:
                await socket.SendAsync(SipWire.Probe());
                Assert.True(await socket.ReadToAsync(SipWire.Alive), socket.Received);
                break;

            case StreamEnd.Waiting:
                await socket.EndSendingAsync();
                await socket.ReadToEndAsync();
                break;

            default:
                await socket.ReadToEndAsync();
                break;
        }

        Assert.Equal(vector.Statuses, SipWire.Statuses(socket.Received));
        await room.GoesOnAfterAsync();
    }
}
