using OmaIm.Client;
using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Traffic;

namespace OmaIm.Load.Soak;

/// <summary>
/// Members come and go while the others talk: some leave by BYE, some die without a word, some stop reading until the server cuts them off.
/// Whoever goes is replaced.
/// </summary>
internal sealed class Turnover(SoakSettings settings, LoadStage stage, RoomJoiner joiner)
{
    /// <summary>How long the server may take to notice that a member has died, and to say BYE.</summary>
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(10);

    /// <summary>How long who will stop reading reads before.</summary>
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(2);

    /// <summary>Replacements under way at a time; when a server is slower than that, members go later than planned.</summary>
    private const int AtATime = 64;

    private readonly Queue<Occupant> _settled = new(OccupantsOf(settings, stage, settings.Staying, settings.FirstStaller));
    private readonly List<Task> _underWay = [];
    private readonly Lock _gate = new();
    private readonly Random _dice = new();

    public TurnoverCounts Counts { get; } = new();

    /// <summary>Members come and go until it is cancelled; then waits for the replacements that are under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stalls = OccupantsOf(settings, stage, settings.FirstStaller, settings.Target.Join.Members)
            .Select(occupant => StallAsync(occupant, cancellationToken))
            .ToList();
        try
        {
            var startedAt = Clock.Now;
            for (var count = 1L; settings.Churn > 0; count++)
            {
                var due = startedAt + (long)(count * (Clock.Second / settings.Churn));
                await Task.Delay(TimeSpan.FromTicks(Math.Max(0, due - Clock.Now) / 100), cancellationToken);
                ReplaceNext();
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        await Task.WhenAll([.. stalls, .. _underWay]);
    }

    /// <summary>Those on some of the places of each room, room by room in turns.</summary>
    private static IEnumerable<Occupant> OccupantsOf(SoakSettings settings, LoadStage stage, int firstPlace, int endPlace) => stage.Occupants
        .Select((occupant, index) => (Occupant: occupant, Place: index % settings.Target.Join.Members))
        .Where(seat => seat.Place >= firstPlace && seat.Place < endPlace)
        .OrderBy(seat => seat.Place)
        .Select(seat => seat.Occupant);

    private void ReplaceNext()
    {
        _underWay.RemoveAll(task => task.IsCompleted);
        Occupant? next;
        lock (_gate)
        {
            if (_underWay.Count >= AtATime || !_settled.TryDequeue(out next))
            {
                Counts.CountLate();
                return;
            }
        }

        _underWay.Add(ReplaceAsync(next, _dice.NextDouble() * 100 < settings.KilledPercent));
    }

    private async Task ReplaceAsync(Occupant gone, bool isKilled)
    {
        await (isKilled ? KillAsync(gone) : LeaveAsync(gone));
        if (await ReseatAsync(gone) is { } newcomer)
        {
            lock (_gate)
            {
                _settled.Enqueue(newcomer);
            }
        }
    }

    private async Task LeaveAsync(Occupant occupant)
    {
        await stage.Loop.InvokeAsync(occupant.Member.Leave);
        await SayGoodbyeAsync(occupant);
        await stage.Loop.InvokeAsync(occupant.Member.Disconnect);
        Counts.CountLeft();
    }

    private async Task KillAsync(Occupant occupant)
    {
        await stage.Loop.InvokeAsync(occupant.Member.Kill);
        Counts.CountKilled();
        try
        {
            await occupant.Ended.WaitAsync(NoticeTime);
        }
        catch (TimeoutException)
        {
            Counts.Fail($"the server has not noticed in {NoticeTime.TotalSeconds:N0} s that {occupant.Session.Aor} is dead");
        }

        await SayGoodbyeAsync(occupant);
    }

    /// <summary>Stops reading, waits to be cut off, comes again.</summary>
    private async Task StallAsync(Occupant? occupant, CancellationToken cancellationToken)
    {
        try
        {
            while (occupant is not null)
            {
                await Task.Delay(ReadingTime, cancellationToken);
                var stalledAt = Clock.Now;
                await stage.Loop.InvokeAsync(occupant.Member.Stall);
                await occupant.Ended.WaitAsync(cancellationToken);
                Counts.CountCutOff((Clock.Now - stalledAt) / (double)Clock.Second);
                await stage.Loop.InvokeAsync(occupant.Member.Disconnect);
                await SayGoodbyeAsync(occupant);
                occupant = await ReseatAsync(occupant);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over: who stalls now leaves with everybody else.
        }
    }

    private async Task SayGoodbyeAsync(Occupant occupant)
    {
        using var timeout = new CancellationTokenSource(LeaveTime);
        try
        {
            await joiner.LeaveAsync(occupant.Session.Dialog, timeout.Token);
        }
        catch (Exception failure) when (failure is ImException or OperationCanceledException)
        {
            Counts.Fail($"{occupant.Session.Aor} could not leave: {failure.Message}");
        }
    }

    private async Task<Occupant?> ReseatAsync(Occupant gone)
    {
        try
        {
            var newcomer = await stage.ReplaceAsync(gone, await joiner.JoinOneAsync(gone.Session.Room, CancellationToken.None));
            Counts.CountJoined();
            return newcomer;
        }
        catch (LoadException failure)
        {
            Counts.Fail(failure.Message);
            return null;
        }
    }
}
