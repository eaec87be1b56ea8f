using System.Net.Sockets;
using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Traffic;

/// <summary>The rooms with everybody in them, connected and bound, ready to talk.</summary>
internal sealed class LoadStage : IDisposable
{
    private static readonly TimeSpan BindTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>How long nothing at all may come before what is still missing is taken for lost.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>How long to listen for copies that should not come.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(200);

    /// <summary>Connections that are being made at a time.</summary>
    private const int AtATime = 8;

    /// <summary>Messages that a sender of the open loop can have in flight: with more the server is hopelessly behind.</summary>
    private const int OpenLoopCapacity = 4096;

    private readonly TrafficPlan _plan;

    private LoadStage(TrafficPlan plan)
    {
        _plan = plan;
        Ledger = new TrafficLedger(plan);
        Queue = new SendQueue(plan, Ledger);
        Meter = new TrafficMeter(Ledger);
        Loop.Turn = Queue.Turn;
    }

    public WireLoop Loop { get; } = new();

    public TrafficLedger Ledger { get; }

    public SendQueue Queue { get; }

    public TrafficMeter Meter { get; }

    public List<LoadRoom> Rooms { get; } = [];

    /// <summary>Who sat where at the start, in the order of rooms, then members.</summary>
    public List<Occupant> Occupants { get; } = [];

    public IEnumerable<LoadMember> Members => Rooms.SelectMany(room => room.Members);

    /// <summary>Makes and binds the MSRP connections of the sessions.</summary>
    /// <exception cref="LoadException">A connection could not be made, or the switch did not take it.</exception>
    public static async Task<LoadStage> ConnectAsync(IReadOnlyList<JoinedSession> sessions, TrafficPlan plan, CancellationToken cancellationToken)
    {
        var stage = new LoadStage(plan);
        try
        {
            stage.Loop.Start();
            stage.Seat(sessions);
            await Parallel.ForEachAsync(
                stage.Occupants,
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
                async (occupant, _) => await stage.ConnectAsync(occupant.Member, occupant.Session));
            await stage.WaitUntilBoundAsync(sessions.Count, cancellationToken);
            stage.Prepare();
            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>The members that stop reading: the last ones of each room.</summary>
    public IEnumerable<LoadMember> Stallers() => Rooms.SelectMany(room => room.Members.TakeLast(_plan.Stalled));

    /// <summary>Lets somebody in while the others talk, in the place of one who has gone.</summary>
    /// <exception cref="LoadException">A connection could not be made, or the switch did not take it.</exception>
    public async Task<Occupant> ReplaceAsync(Occupant gone, JoinedSession session)
    {
        var room = gone.Member.Room;
        var newcomer = Occupy(room, session);
        await Loop.InvokeAsync(() => room.Members[room.Members.IndexOf(gone.Member)] = newcomer.Member);
        await ConnectAsync(newcomer.Member, session);
        try
        {
            await newcomer.Member.Bound.WaitAsync(BindTime);
        }
        catch (TimeoutException failure)
        {
            throw new LoadException($"the switch has not taken the connection of {session.Aor} in {BindTime.TotalSeconds:N0} s", failure);
        }

        return newcomer.Member.IsListening ? newcomer : throw new LoadException($"{session.Aor} in {room.Uri}: {newcomer.Member.LostBecause}");
    }

    /// <summary>Stops talking, and waits until everything has come or nothing comes any more.</summary>
    public async Task DrainAsync()
    {
        await Loop.InvokeAsync(Queue.Stop);
        var (isOver, deliveries, lastChange) = (false, -1L, Clock.Now);
        while (!isOver && Clock.Now - lastChange < Silence.TotalSeconds * Clock.Second)
        {
            await Task.Delay(Glance);
            await Loop.InvokeAsync(() =>
            {
                isOver = Ledger.Senders.All(sender => sender.InFlight == 0 || !sender.Member.IsListening) && Ledger.Bigs.All(big => big.IsOver);
                lastChange = Ledger.Deliveries == deliveries ? lastChange : Clock.Now;
                deliveries = Ledger.Deliveries;
            });
        }

        await Task.Delay(Aftermath);
    }

    /// <summary>From here on the end of a session is no fault. On the loop's thread.</summary>
    public void Leave()
    {
        foreach (var member in Members)
        {
            member.Leave();
        }
    }

    public void Dispose() => Loop.Dispose();

    private void Seat(IReadOnlyList<JoinedSession> sessions)
    {
        foreach (var session in sessions)
        {
            if (session.Room == Rooms.Count)
            {
                Rooms.Add(new LoadRoom(session.RoomUri));
            }

            Occupants.Add(Occupy(Rooms[session.Room], session));
            Rooms[session.Room].Members.Add(Occupants[^1].Member);
        }
    }

    private Occupant Occupy(LoadRoom room, JoinedSession session)
    {
        var member = new LoadMember(room, session.Aor, session.LocalPath, session.RemotePath, Ledger, Loop);
        return new Occupant(member, session, WatchAsync(member, session.Dialog));
    }

    /// <summary>Waits for the end of the dialog.</summary>
    private async Task WatchAsync(LoadMember member, JoinedDialog dialog)
    {
        var reason = await dialog.UntilEndAsync();
        await Loop.InvokeAsync(() => member.OnClosed(reason));
    }

    private async Task ConnectAsync(LoadMember member, JoinedSession session)
    {
        var (host, port) = session.Target;
        try
        {
            var connection = WireConnection.Connect(Loop, host, port, new FrameReader(member));
            await Loop.InvokeAsync(() => member.Bind(connection));
        }
        catch (SocketException failure)
        {
            throw new LoadException($"no MSRP connection to {host}:{port}: {failure.Message}", failure);
        }
    }

    private async Task WaitUntilBoundAsync(int count, CancellationToken cancellationToken)
    {
        var startedAt = Clock.Now;
        var bound = 0;
        using var timer = new PeriodicTimer(Glance);
        while (bound < count)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            LoadMember? lost = null;
            await Loop.InvokeAsync(() =>
            {
                bound = Rooms.Sum(room => room.Listeners);
                lost = Members.FirstOrDefault(member => member.LostBecause is not null);
            });
            if (lost is not null)
            {
                throw new LoadException($"{lost.Aor} in {lost.Room.Uri}: {lost.LostBecause}");
            }

            if (Clock.Now - startedAt > BindTime.TotalSeconds * Clock.Second)
            {
                throw new LoadException($"only {bound} of {count} sessions were bound in {BindTime.TotalSeconds:N0} s");
            }
        }
    }

    /// <summary>Gives out the parts: the first members of each room send, the last one who goes on reading sends the large message.</summary>
    private void Prepare()
    {
        var capacity = _plan.IsOpenLoop ? OpenLoopCapacity : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_plan.Window);
        var time = DateTimeOffset.UtcNow;
        foreach (var room in Rooms)
        {
            for (var index = 0; index < _plan.Senders; index++)
            {
                var member = room.Members[index];
                var template = new MessageTemplate((uint)Ledger.Senders.Count, member.Aor, room.Uri, _plan.TextLength, time);
                Ledger.Add(new Sender(member, index, template, _plan, Ledger, capacity));
            }
        }

        foreach (var room in Rooms.Where(_ => _plan.BigLength > 0))
        {
            var from = room.Members[^(1 + _plan.Stalled)];
            var number = (uint)(Ledger.Senders.Count + Ledger.Bigs.Count);
            var content = new BigContent(number, from.Aor, room.Uri, _plan.BigLength, Clock.Now, time);
            Ledger.Add(new BigTransfer(from, content, _plan.Senders, Ledger));
        }

        foreach (var member in Members)
        {
            member.Prepare(_plan.Senders + 1);
        }
    }
}
