using OmaIm.Client;
using OmaIm.Client.Files;
using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Files;

[Trait("Section", "RFC 5547 8")]
public sealed class FileTransferTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(5_000_001)]
    public async Task AFileComesAsItIsAndBothSidesKnow(int size)
    {
        using var file = await _bench.FileAsync(size);
        var progress = new Furthest();
        var (sending, receiving) = await _bench.TransferAsync(file, received: progress);
        var path = await receiving.WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(Path.Combine(_bench.Inbox, "cat.jpg"), path);
        Assert.Equal(await File.ReadAllBytesAsync(file.File.Path), await File.ReadAllBytesAsync(path));
        Assert.Equal(new FileProgress(size, size), progress.Last);
        Assert.Equal(["cat.jpg"], _bench.Received);
    }

    [Fact]
    public async Task AFileThatIsNotTheOneThatWasOfferedIsRemoved()
    {
        using var file = await _bench.FileAsync(500_000);
        using var other = await _bench.FileAsync(500_001);
        var (sending, receiving) = await _bench.TransferAsync(file, file.Selector with { Hashes = other.Selector.Hashes });
        Assert.Equal(ImFailure.ProtocolViolation, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        Assert.Equal(413, (await Assert.ThrowsAsync<ImException>(() => sending.WaitAsync(Patience))).StatusCode);
        Assert.Empty(_bench.Received);
    }

    [Theory]
    [InlineData("sha-256")]
    [InlineData("sha-384")]
    [InlineData("sha-512")]
    public async Task AStrongerHashIsCheckedWhereItIsGiven(string algorithm)
    {
        using var file = await _bench.FileAsync(100_000);
        using var digest = FileDigest.Create(algorithm);
        digest.AppendData(await File.ReadAllBytesAsync(file.File.Path));
        var right = FileHash.Of(digest.GetHashAndReset(), algorithm);
        digest.AppendData("another"u8);
        var wrong = FileHash.Of(digest.GetHashAndReset(), algorithm);

        var (_, receiving) = await _bench.TransferAsync(file, file.Selector with { Hashes = [.. file.Selector.Hashes, wrong] });
        Assert.Equal(ImFailure.ProtocolViolation, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        (_, receiving) = await _bench.TransferAsync(file, file.Selector with { Hashes = [right] });
        await receiving.WaitAsync(Patience);
        Assert.Equal(["cat.jpg"], _bench.Received);
    }

    [Theory]
    [InlineData(true, "md5")]
    [InlineData(true, "md5", "sha-3000")]
    [InlineData(false, "md5", "sha-1")]
    [InlineData(false, "sha-256")]
    [InlineData(false)]
    public void AFileWhoseHashesAreAllUnknownCannotBeChecked(bool isBeyond, params string[] algorithms)
    {
        var selector = new FileSelector { Hashes = [.. algorithms.Select(algorithm => FileHash.Of([1], algorithm))] };
        Assert.Equal(isBeyond, FileDigest.IsBeyond(selector));
    }

    [Fact]
    public async Task ASenderWhoSaysNothingMoreIsNotWaitedForForEver()
    {
        using var file = await _bench.FileAsync(100_000);
        var (_, receiving) = await _bench.TransferAsync(file, hangs: true);
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
    }

    [Fact]
    public async Task OfAFileThatNobodyWaitsForAnyMoreNothingIsTaken()
    {
        using var file = await _bench.FileAsync(1_000);
        using var cancelling = new CancellationTokenSource();
        var begins = new TaskCompletionSource();
        var (sending, receiving) = await _bench.TransferAsync(file, begins: begins.Task, receiver: cancelling);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.WaitAsync(Patience));
        begins.SetResult();
        Assert.Equal(413, (await Assert.ThrowsAsync<ImException>(() => sending.WaitAsync(Patience))).StatusCode);
    }

    [Fact]
    public async Task AFileThatIsShorterThanItWasOfferedIsRefused()
    {
        using var file = await _bench.FileAsync(500_000);
        var (_, receiving) = await _bench.TransferAsync(file, file.Selector with { Size = 500_001 });
        Assert.Equal(ImFailure.ProtocolViolation, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        Assert.Empty(_bench.Received);
    }

    [Fact]
    public async Task AFileThatIsLongerThanItWasOfferedIsRefused()
    {
        using var file = await _bench.FileAsync(500_000);
        var (sending, receiving) = await _bench.TransferAsync(file, file.Selector with { Size = 499_999 });
        Assert.Equal(ImFailure.TooLarge, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        Assert.Equal(ImFailure.TooLarge, (await Assert.ThrowsAsync<ImException>(() => sending.WaitAsync(Patience))).Failure);
    }

    [Fact]
    public async Task AFileOfUnknownSizeHasALimit()
    {
        using var file = await _bench.FileAsync(500_000);
        var (_, receiving) = await _bench.TransferAsync(file, new FileSelector { Name = "x" }, options: new FileTransferOptions { MaximumSize = 400_000 });
        Assert.Equal(ImFailure.TooLarge, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        Assert.Empty(_bench.Received);
    }

    [Fact]
    public async Task WhatABreakHasLeftIsGoneOnWith()
    {
        using var file = await _bench.FileAsync(20_000_000);
        var half = new Reached(file.Size / 2);
        var (sending, receiving) = await _bench.TransferAsync(file, received: half);
        await half.Task.WaitAsync(Patience);
        _bench.Tear();
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => sending.WaitAsync(Patience))).Failure);
        Assert.Single(_bench.Parts);
        Assert.InRange(PartialFile.LengthOf(_bench.Inbox, file.Selector), file.Size / 2, file.Size - 1);

        var first = new First();
        (sending, receiving) = await _bench.TransferAsync(file, sent: first);
        var path = await receiving.WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.InRange(first.Value!.Value.Done, (file.Size / 2) + 1, file.Size);
        Assert.Equal(await File.ReadAllBytesAsync(file.File.Path), await File.ReadAllBytesAsync(path));
        Assert.Equal(["cat.jpg"], _bench.Received);
    }

    [Fact]
    public async Task ASenderWhoKnowsNoRangeSendsAllOfItAgain()
    {
        using var file = await _bench.FileAsync(3_000_000);
        await LeavePartAsync(file, 1_000_000);
        var (sending, receiving) = await _bench.TransferAsync(file, ignoresRange: true);
        var path = await receiving.WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(await File.ReadAllBytesAsync(file.File.Path), await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task APartThatIsDamagedIsFoundOutAndNotKept()
    {
        using var file = await _bench.FileAsync(3_000_000);
        await LeavePartAsync(file, 1_000_000);
        var part = Path.Combine(_bench.Inbox, _bench.Parts[0]);
        var bytes = await File.ReadAllBytesAsync(part);
        bytes[500_000] ^= 1;
        await File.WriteAllBytesAsync(part, bytes);
        var (_, receiving) = await _bench.TransferAsync(file);
        await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience));
        Assert.Empty(_bench.Received);
    }

    [Fact]
    public async Task WithoutAHashNothingIsKeptOfABreak()
    {
        using var file = await _bench.FileAsync(20_000_000);
        var half = new Reached(file.Size / 2);
        var (_, receiving) = await _bench.TransferAsync(file, file.Selector with { Hashes = [] }, received: half);
        await half.Task.WaitAsync(Patience);
        _bench.Tear();
        await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience));
        Assert.Empty(_bench.Received);
    }

    [Fact]
    public async Task ADiskThatCannotFollowHoldsTheSenderUp()
    {
        using var file = await _bench.FileAsync(5_000_000);
        var (sending, receiving) = await _bench.TransferAsync(file, options: new FileTransferOptions { Unwritten = 1 });
        await receiving.WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(["cat.jpg"], _bench.Received);
    }

    [Fact]
    public async Task AFileThatBecomesShorterWhileItIsSentIsGivenUp()
    {
        using var file = await _bench.FileAsync(20_000_000);
        await using (var other = new FileStream(file.File.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(3_000_000);
        }

        var (sending, receiving) = await _bench.TransferAsync(file);
        await Assert.ThrowsAsync<EndOfStreamException>(() => sending.WaitAsync(Patience));
        Assert.Equal(ImFailure.SessionEnded, (await Assert.ThrowsAsync<ImException>(() => receiving.WaitAsync(Patience))).Failure);
    }

    [Fact]
    public async Task AFullDiskIsAFailureThatSaysSo()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // only Linux has a disk that is always full
        }

        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var hash = FileDigest.Create();
        var relieved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = new FileWriter(full, 0, hash, most: 1, () => relieved.TrySetResult());
        Assert.False(writer.Write(new byte[10]));
        await relieved.Task.WaitAsync(Patience);
        await Assert.ThrowsAsync<IOException>(writer.CompleteAsync);
        Assert.True(writer.HasFailed);
    }

    private async Task LeavePartAsync(LocalFile file, int length)
    {
        using var part = await PartialFile.OpenAsync(_bench.Inbox, file.Selector, CancellationToken.None);
        RandomAccess.Write(part.Handle, (await File.ReadAllBytesAsync(file.File.Path)).AsSpan(0, length), 0);
    }

    private sealed class Furthest : IProgress<FileProgress>
    {
        public FileProgress Last { get; private set; }

        public void Report(FileProgress value) => Last = value;
    }

    private sealed class First : IProgress<FileProgress>
    {
        public FileProgress? Value { get; private set; }

        public void Report(FileProgress value) => Value ??= value;
    }

    private sealed class Reached(long goal) : IProgress<FileProgress>
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _reached.Task;

        public void Report(FileProgress value)
        {
            if (value.Done >= goal)
            {
                _reached.TrySetResult();
            }
        }
    }
}
