using System.Diagnostics;
using System.Text;
using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;
using Xunit;
using static OmaIm.Tests.Unit.Client.Receipts.TestMessages;

namespace OmaIm.Tests.Unit.Client.Receipts;

/// <summary>What is on the disk, and what is made of it after a crash.</summary>
public sealed class FileJournalTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("journal");

    private string JournalPath => Path.Combine(_directory.FullName, "journal");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task AllOfItIsThereAgainAfterARestart()
    {
        string[] routes = ["sip:list@example.com", "sip:relay@example.com"];
        var message = Message("a") with { Content = Encoding.UTF8.GetBytes("Größe"), ReceiptRoutes = routes, OriginalTo = "sip:sales@localhost" };
        await using (var journal = FileJournal.Open(JournalPath))
        {
            await journal.AppendAsync(message);
            await journal.AppendAsync(Message("b"));
            await journal.NoteDisplayedAsync(message.Key);
            await journal.NoteSettledAsync(Message("b").Key, ImdnKind.Delivery);
        }

        await using var again = FileJournal.Open(JournalPath);
        var read = again.Messages[0];
        Assert.Equal(message with { Content = default, IsDisplayed = true }, read with { Content = default, ReceiptRoutes = routes });
        Assert.Equal(routes, read.ReceiptRoutes);
        Assert.False(again.Messages[1].IsDisplayed);
        Assert.Equal(message.Content.ToArray(), read.Content.ToArray());
        Assert.Equal(["a:Delivery", "a:Display"], again.OwedIds());
        Assert.Equal(JournalResult.Duplicate, await again.AppendAsync(message));
        Assert.Equal(0, again.CutOff);
    }

    [Fact]
    public async Task WhatIsSaidToBeKeptIsInTheFileAtOnce()
    {
        await using var journal = FileJournal.Open(JournalPath);
        await journal.AppendAsync(Message("a"));

        // As a process that dies now leaves it: nothing is closed, nothing is flushed any more.
        Assert.Equal(["a"], await ReadCopyAsync());
    }

    [Fact]
    public async Task AFileThatIsCutOffAnywhereKeepsAllThatWasWhole()
    {
        await using (var journal = FileJournal.Open(JournalPath))
        {
            for (var i = 0; i < 4; i++)
            {
                await journal.AppendAsync(Message("m" + i, size: 20));
            }
        }

        var whole = await File.ReadAllBytesAsync(JournalPath);
        var record = (whole.Length - 8) / 4;
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(JournalPath, whole[..length]);
            await using (var journal = FileJournal.Open(JournalPath))
            {
                Assert.Equal(Math.Max(0, length - 8) / record, journal.Messages.Count);
                Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("new")));
            }

            // What was cut off does not stand between the records.
            Assert.Equal("new", (await ReadCopyAsync())[^1]);
        }
    }

    [Fact]
    public async Task NoChangeOfAByteIsTakenForARecord()
    {
        await using (var journal = FileJournal.Open(JournalPath))
        {
            await journal.AppendAsync(Message("a"));
            await journal.AppendAsync(Message("b"));
        }

        var whole = await File.ReadAllBytesAsync(JournalPath);
        for (var i = 8; i < whole.Length; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 0x10;
            await File.WriteAllBytesAsync(JournalPath, changed);
            await using var journal = FileJournal.Open(JournalPath);
            Assert.True(journal.IsDamaged, $"byte {i}");
            Assert.Equal(journal.CutOff > 0, journal.Messages.Count < 2);
            Assert.Equal(changed, await File.ReadAllBytesAsync(JournalPath + ".broken"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task ADamagedLengthIsMendedByTheOtherOne(int offset)
    {
        var bytes = await WriteThreeAsync();
        bytes[8 + RecordLength(bytes) + offset + 2] ^= 0x40;
        await File.WriteAllBytesAsync(JournalPath, bytes);
        await using (var journal = FileJournal.Open(JournalPath))
        {
            Assert.Equal(["a", "b", "c"], journal.Ids());
            Assert.Equal((true, 0), (journal.IsDamaged, journal.CutOff));
        }

        await using var again = FileJournal.Open(JournalPath);
        Assert.Equal(["a", "b", "c"], again.Ids());
        Assert.False(again.IsDamaged);
    }

    /// <summary>A length that reaches beyond the end is not that of a record cut short: there is more behind it, and it must not vanish in silence.</summary>
    [Fact]
    public async Task WhereNoLengthIsLeftTheRestIsLostAndThatIsSaid()
    {
        var bytes = await WriteThreeAsync();
        bytes[8 + RecordLength(bytes) + 2] ^= 0x40;
        bytes[8 + RecordLength(bytes) + 4 + 1] ^= 0x40;
        await File.WriteAllBytesAsync(JournalPath, bytes);
        await using var journal = FileJournal.Open(JournalPath);
        Assert.Equal(["a"], journal.Ids());
        Assert.Equal((true, 2 * RecordLength(bytes)), (journal.IsDamaged, journal.CutOff));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(JournalPath + ".broken"));
    }

    [Fact]
    public async Task AHoleOfZerosIsNoRecord()
    {
        await using (var journal = FileJournal.Open(JournalPath))
        {
            await journal.AppendAsync(Message("a"));
        }

        await File.WriteAllBytesAsync(JournalPath, [.. await File.ReadAllBytesAsync(JournalPath), .. new byte[4096]]);
        await using var again = FileJournal.Open(JournalPath);
        Assert.Equal(["a"], again.Ids());
        Assert.Equal((4096, false), (again.CutOff, again.IsDamaged));
    }

    [Fact]
    public async Task DamageInTheMiddleTakesNothingElseAndTheFileIsKeptBesideIt()
    {
        var bytes = await WriteThreeAsync();
        bytes[8 + RecordLength(bytes) + 20] ^= 1;
        await File.WriteAllBytesAsync(JournalPath, bytes);
        await using (var journal = FileJournal.Open(JournalPath))
        {
            Assert.Equal(["a", "c"], journal.Ids());
            Assert.Equal((RecordLength(bytes), true), (journal.CutOff, journal.IsDamaged));
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(JournalPath + ".broken"));
        await using var again = FileJournal.Open(JournalPath);
        Assert.Equal(["a", "c"], again.Ids());
        Assert.Equal(0, again.CutOff);
    }

    [Fact]
    public async Task ARecordOfALaterProgramIsSteppedOver()
    {
        var unknown = new JournalRecord((JournalEvent)200, Message("a").Key).ToBytes();
        await using (var journal = FileJournal.Open(JournalPath))
        {
            await journal.AppendAsync(Message("a"));
        }

        var bytes = await File.ReadAllBytesAsync(JournalPath);
        await File.WriteAllBytesAsync(JournalPath, [.. bytes, .. unknown, .. bytes[8..]]);
        await using var again = FileJournal.Open(JournalPath);
        Assert.Equal(0, again.CutOff);
        Assert.Equal(JournalResult.Added, await again.AppendAsync(Message("b")));
        Assert.False(File.Exists(JournalPath + ".broken"));
    }

    [Fact]
    public async Task WhatCannotBeWrittenFailsItsOwnCallerOnly()
    {
        await using var journal = FileJournal.Open(JournalPath);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => journal.AppendAsync(Message("\ud800")));
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("a")));
        Assert.Equal(["a"], await ReadCopyAsync());
    }

    [Fact]
    public async Task ManyThatArriveTogetherDoNotGoBeyondTheLimits()
    {
        await using var journal = FileJournal.Open(JournalPath, new JournalOptions { MaximumMessages = 10 });
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync(Message("m" + i))));
        Assert.Equal(10, results.Count(result => result == JournalResult.Added));
        Assert.Equal(10, journal.Messages.Count);
    }

    [Fact]
    public async Task AnotherFileIsLeftAsItIs()
    {
        await File.WriteAllTextAsync(JournalPath, "my diary, page one");
        Assert.Throws<InvalidDataException>(() => FileJournal.Open(JournalPath));
        Assert.Equal("my diary, page one", await File.ReadAllTextAsync(JournalPath));
    }

    [Fact]
    public async Task OneAtATimeHasIt()
    {
        await using (FileJournal.Open(JournalPath))
        {
            Assert.ThrowsAny<IOException>(() => FileJournal.Open(JournalPath));
        }

        await using var again = FileJournal.Open(JournalPath);
        Assert.Empty(again.Messages);
    }

    [Fact]
    public async Task TheFileIsWrittenAnewWhenMostOfItIsGone()
    {
        var options = new JournalOptions { MaximumMessages = 5, MaximumBytes = 10_000 };
        await using (var journal = FileJournal.Open(JournalPath, options))
        {
            for (var i = 0; i < 200; i++)
            {
                await journal.AppendAsync(Message("m" + i, ImdnRequests.None, size: 1000));
                Assert.True(new FileInfo(JournalPath).Length < (2 * 10_000) + (1024 * 5) + 2000);
            }
        }

        await using var again = FileJournal.Open(JournalPath, options);
        Assert.Equal(["m195", "m196", "m197", "m198", "m199"], again.Ids()[^5..]);
    }

    [Fact]
    public async Task NobodyElseMayReadIt()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var journal = FileJournal.Open(JournalPath);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(JournalPath));
    }

    [Fact]
    public async Task ThousandsThatComeTogetherShareTheFlushes()
    {
        await using (var journal = FileJournal.Open(JournalPath))
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => journal.AppendAsync(Message("m" + i))));
            Assert.All(results, result => Assert.Equal(JournalResult.Added, result));
        }

        Assert.Equal(5000, (await ReadCopyAsync()).Length);
    }

    private async Task<byte[]> WriteThreeAsync()
    {
        await using (var journal = FileJournal.Open(JournalPath))
        {
            foreach (var id in (string[])["a", "b", "c"])
            {
                await journal.AppendAsync(Message(id));
            }
        }

        return await File.ReadAllBytesAsync(JournalPath);
    }

    /// <summary>Of three that are alike.</summary>
    private static int RecordLength(byte[] file) => (file.Length - 8) / 3;

    /// <summary>What another process makes of the bytes that are in the file now. It is locked, so that only a program that knows no locks can read it.</summary>
    private async Task<string[]> ReadCopyAsync()
    {
        var copy = Path.Combine(_directory.FullName, Guid.NewGuid().ToString("N"));
        using (var program = Process.Start("cp", [JournalPath, copy]))
        {
            await program.WaitForExitAsync();
        }

        await using var journal = FileJournal.Open(copy);
        return journal.Ids();
    }
}
