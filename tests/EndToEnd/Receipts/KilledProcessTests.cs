using System.Collections.Concurrent;
using OmaIm.Client.Receipts;
using OmaIm.Tests.EndToEnd.Cli;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>A program that is killed by the kernel in the midst of its work: what its file holds is what the sender has been told, and what is owed comes later.</summary>
public sealed class KilledProcessTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>, IDisposable
{
    private const int Rounds = 3;

    // Fewer than receipts that a client sends at once: each goes out the moment its message counts as kept, and one too early would show.
    private const int AtOnce = 12;

    private const int DeliveredBeforeTheKill = 300;
    private const string Bob = "sip:bob@localhost";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("killed");

    private string JournalPath => Path.Combine(_directory.FullName, "bob.journal");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatTheSenderSawDeliveredIsInTheFileAndWhatIsOwedIsSentAfterTheRestart(bool inSession)
    {
        await using var alice = await Sender.StartAsync(appliance, "alice");
        HashSet<string> kept = [];
        for (var round = 0; round < Rounds; round++)
        {
            await KillInTheMidstAsync(alice, $"{round}-", inSession);
            kept = await ReadFileAsync();
            Assert.Subset(kept, alice.Delivered.ToHashSet());
            Assert.InRange(kept.Count, (round + 1) * DeliveredBeforeTheKill, int.MaxValue);
        }

        using var bob = await ListenAsync();
        await EventuallyAsync(() => kept.All(id => alice.States.GetValueOrDefault(id) == ReceiptState.Displayed));
        Assert.Subset(kept, alice.Delivered.ToHashSet());
    }

    /// <summary>As many messages as may be under way are, when the program is killed.</summary>
    private async Task KillInTheMidstAsync(Sender alice, string prefix, bool inSession)
    {
        var arrivals = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var delivered = 0;
        alice.Changed = change =>
        {
            if (change.State >= ReceiptState.Delivered && arrivals.TryGetValue(change.MessageId, out var arrival) && arrival.TrySetResult() && ++delivered == DeliveredBeforeTheKill)
            {
                enough.SetResult();
            }
        };
        using var bob = await ListenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(writer => WriteAsync($"{prefix}{writer}-")));
        await enough.Task.WaitAsync(Patience);
        bob.Kill();
        await bob.ExitCodeAsync();
        killed.SetResult();
        await writing.WaitAsync(Patience);
        await alice.WhenSessionsEndAsync().WaitAsync(Patience);

        async Task WriteAsync(string writer)
        {
            for (var i = 0; !killed.Task.IsCompleted; i++)
            {
                var arrival = arrivals.GetOrAdd($"{writer}{i}", _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                if (await alice.TrySendAsync(Bob, $"{writer}{i}", "hello", inSession))
                {
                    await Task.WhenAny(arrival.Task, killed.Task);
                }
            }
        }
    }

    private async Task<HashSet<string>> ReadFileAsync()
    {
        await using var journal = FileJournal.Open(JournalPath);
        Assert.False(journal.IsDamaged);
        return [.. journal.Messages.Select(message => message.Key.MessageId)];
    }

    private async Task<OmaImProcess> ListenAsync()
    {
        var bob = OmaImProcess.Start("listen", "--user", "bob", "--server", appliance.Server, "--journal", JournalPath, "--displayed");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        return bob;
    }

    // Looks again and again: the sender's states change one by one.
    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
