using OmaIm.Client.Files;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>Files between two users (RFC 5547), through the server.</summary>
public sealed class FileTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");

    public void Dispose() => _directory.Delete(recursive: true);

    private string Inbox => _directory.CreateSubdirectory("inbox").FullName;

    [Fact]
    public async Task APushedFileComesWholeWithItsPreview()
    {
        var path = Make(3_000_000);
        var bob = appliance.Client("bob");
        var received = new TaskCompletionSource<(FileOffer Offer, string Path)>(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.FileOffered += async offer => received.TrySetResult((offer, await offer.AcceptAsync(Inbox)));
        await bob.RegisterAsync();

        var file = new FileToSend(path) { Name = "../cat.jpg", MediaType = "image/jpeg", Icon = new FileIcon("image/png", new byte[] { 1, 2, 3 }) };
        await appliance.Client("alice").SendFileAsync("sip:bob@localhost", file).WaitAsync(Patience);
        var (offered, there) = await received.Task.WaitAsync(Patience);
        Assert.Equal(("sip:alice@localhost", "cat.jpg", 3_000_000L), (offered.From, offered.Name, offered.Selector.Size));
        Assert.Equal(new byte[] { 1, 2, 3 }, offered.Icon!.Content.ToArray());
        Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(there));
    }

    [Fact]
    public async Task AFileIsFetched()
    {
        var path = Make(2_000_000);
        var dave = appliance.Client("dave");
        dave.FileOffered += offer => _ = offer.ProvideAsync(new FileToSend(path) { Name = "report.pdf" });
        await dave.RegisterAsync();
        var there = await appliance.Client("alice").FetchFileAsync("sip:dave@localhost", new() { Name = "report.pdf" }, Inbox).WaitAsync(Patience);
        Assert.Equal("report.pdf", Path.GetFileName(there));
        Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(there));
    }

    private string Make(int size)
    {
        var path = Path.Combine(_directory.FullName, "source");
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
