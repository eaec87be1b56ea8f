using System.Net.Sockets;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Wire;
using Spectre.Console;

namespace OmaIm.Load.Neighbours;

/// <summary>One run against another server: connect, enter the topics, warm up, measure, wait for what is under way, count.</summary>
internal sealed class NeighbourRun(Func<NeighbourSeat, NeighbourSession> create, NeighbourPlan plan, IAnsiConsole status) : IDisposable
{
    private static readonly TimeSpan EnterTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>How long nothing at all may come before what is still missing is taken for lost.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>How long to listen for copies that should not come.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(200);

    private readonly FanOut _fanOut = new(plan);

    /// <exception cref="LoadException">The server cannot be reached, or does not let everybody in.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = Clock.Now;
        _fanOut.Loop.Start();
        await ConnectAsync();
        await UntilAsync(() => _fanOut.Sessions.All(session => session.IsReady || session.LostBecause is not null), EnterTime, cancellationToken);
        await RequireEverybodyAsync();
        var joinSeconds = (Clock.Now - startedAt) / (double)Clock.Second;

        status.MarkupLineInterpolated($"{_fanOut.Sessions.Count} clients are in; warming up");
        await _fanOut.Loop.InvokeAsync(_fanOut.Start);
        await Task.Delay(plan.Warm, cancellationToken);

        status.MarkupLine("measuring");
        var before = Sample();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var (measuredAt, deliveriesBefore) = (0L, 0L);
        await _fanOut.Loop.InvokeAsync(() =>
        {
            _fanOut.Latencies.Clear();
            (measuredAt, deliveriesBefore) = (Clock.Now, _fanOut.Deliveries);
        });
        await Task.Delay(plan.Duration, cancellationToken);

        LoadReport? report = null;
        await _fanOut.Loop.InvokeAsync(() => report = Report(joinSeconds, (Clock.Now - measuredAt) / (double)Clock.Second, deliveriesBefore));
        var use = ServerUse.Between(before, Sample(), report!.Seconds, report.Deliveries);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        await DrainAsync(cancellationToken);
        return report with
        {
            Server = use,
            DriverCpuPercent = 100 * cpu.TotalSeconds / report.Seconds,
            Messages = _fanOut.Messages,
            Compared = _fanOut.Deliveries,
            LostBecause = _fanOut.Sessions.Select(session => session.LostBecause).FirstOrDefault(reason => reason is not null),
        };
    }

    public void Dispose() => _fanOut.Loop.Dispose();

    private async Task ConnectAsync()
    {
        for (var number = 0; number < plan.Topics * plan.Members; number++)
        {
            var session = create(new NeighbourSeat(number, number / plan.Members, _fanOut));
            try
            {
                var connection = WireConnection.Connect(_fanOut.Loop, plan.Server.Address.ToString(), plan.Server.Port, session);
                await _fanOut.Loop.InvokeAsync(() =>
                {
                    _fanOut.Add(session);
                    session.Open(connection);
                });
            }
            catch (SocketException failure)
            {
                throw new LoadException($"no connection to {plan.Server}: {failure.Message}", failure);
            }
        }
    }

    private async Task RequireEverybodyAsync()
    {
        var (ready, reason) = (0, (string?)null);
        await _fanOut.Loop.InvokeAsync(() =>
        {
            ready = _fanOut.Sessions.Count(session => session.IsReady);
            reason = _fanOut.Sessions.Select(session => session.LostBecause).FirstOrDefault(because => because is not null);
        });
        if (ready < _fanOut.Sessions.Count)
        {
            throw new LoadException($"only {ready} of {_fanOut.Sessions.Count} clients are in: {reason ?? "no answer"}");
        }
    }

    private async Task UntilAsync(Func<bool> isOver, TimeSpan patience, CancellationToken cancellationToken)
    {
        var startedAt = Clock.Now;
        var answer = false;
        using var timer = new PeriodicTimer(Glance);
        while (!answer && Clock.Now - startedAt < patience.TotalSeconds * Clock.Second)
        {
            await _fanOut.Loop.InvokeAsync(() => answer = isOver());
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var (deliveries, changedAt) = (-1L, Clock.Now);
        await _fanOut.Loop.InvokeAsync(_fanOut.Stop);
        await UntilAsync(
            () =>
            {
                changedAt = _fanOut.Deliveries == deliveries ? changedAt : Clock.Now;
                deliveries = _fanOut.Deliveries;
                return _fanOut.IsQuiet || Clock.Now - changedAt > Silence.TotalSeconds * Clock.Second;
            },
            EnterTime,
            cancellationToken);
        await Task.Delay(Aftermath, cancellationToken);
        await _fanOut.Loop.InvokeAsync(_fanOut.CountMissing);
    }

    private ServerSample Sample() => plan.Pid is { } process ? ProcessStatus.SampleTree(process) : new ServerSample();

    private LoadReport Report(double joinSeconds, double seconds, long deliveriesBefore) => new()
    {
        Workload = new Workload
        {
            Rooms = plan.Topics,
            Members = plan.Members,
            Senders = plan.Senders,
            TextBytes = plan.TextLength,
            Window = plan.Window,
            FailureReport = "no",
        },
        JoinSeconds = joinSeconds,
        Seconds = seconds,
        Messages = _fanOut.Messages,
        Deliveries = _fanOut.Deliveries - deliveriesBefore,
        Compared = _fanOut.Deliveries,
        LatencyMicroseconds = LatencySummary.Of(_fanOut.Latencies),
        Server = new ServerUse(),
        DriverCpuPercent = 0,
        Faults = _fanOut.Faults,
        Timeline = [],
        Percentiles = [],
    };
}
