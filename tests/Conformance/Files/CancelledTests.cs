using OmaIm.Client.Files;
using OmaIm.Protocols.Sdp;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>Our client gives a transfer up while its connection is still being made (RFC 5547 section 8.4).</summary>
public sealed class CancelledTests : IAsyncLifetime, IDisposable
{
    private readonly FakeServer _server = new();
    private readonly WireListener _listener = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");
    private readonly CancellationTokenSource _cancelling = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _listener.Dispose();
        _cancelling.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.4")]
    public async Task APushIsOverAtOnce()
    {
        var path = Path.Combine(_directory.FullName, "source.txt");
        await File.WriteAllTextAsync(path, FileText.Content);
        var pushing = _server.Client.SendFileAsync("sip:bob@localhost", new FileToSend(path), cancellationToken: _cancelling.Token);
        await IsOverAsync(pushing, "recvonly");
        await using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.4")]
    public async Task AFetchIsOverAtOnce()
    {
        var fetching = _server.Client.FetchFileAsync("sip:bob@localhost", new FileSelector { Name = "a.txt" }, _directory.FullName, cancellationToken: _cancelling.Token);
        await IsOverAsync(fetching, "sendonly");
        Assert.Empty(_directory.GetFiles());
    }

    /// <summary>The receiver has connected, but is answered by nobody; his BYE is not, either.</summary>
    private async Task IsOverAsync(Task transfer, string direction)
    {
        var connection = await _server.AcceptAsync();
        var invite = await connection.IncomingAsync("INVITE");
        var answer = FileText.Sdp(_listener.Path, direction, SdpText.Attribute(invite.Body, "file-transfer-id")).Replace("a=setup:active", "a=setup:passive", StringComparison.Ordinal);
        await connection.AcceptAsync(invite, answer);
        await using var msrp = await _listener.AcceptAsync();
        await msrp.RequestAsync("SEND");

        await _cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfer.WaitAsync(WireUser.Patience));
        await msrp.EndAsync();
        await connection.IncomingAsync("BYE");
    }
}
