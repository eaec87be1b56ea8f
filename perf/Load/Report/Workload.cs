using OmaIm.Load.Traffic;

namespace OmaIm.Load.Report;

/// <summary>What was done, in the words of the command line.</summary>
internal sealed record Workload
{
    public required int Rooms { get; init; }

    /// <summary>Whether the rooms are one-to-one sessions.</summary>
    public bool AreSessions { get; init; }

    public required int Members { get; init; }

    public required int Senders { get; init; }

    public required int TextBytes { get; init; }

    /// <summary>Messages in flight for each sender; null for a fixed rate.</summary>
    public int? Window { get; init; }

    /// <summary>Messages a second over all senders; null for a window.</summary>
    public double? Rate { get; init; }

    public required string FailureReport { get; init; }

    public static Workload Of(RunTarget target, TrafficPlan plan) => new()
    {
        Rooms = target.Join.Rooms.Count,
        Members = target.Join.Members,
        Senders = plan.Senders,
        TextBytes = plan.TextLength,
        Window = plan.IsOpenLoop ? null : plan.Window,
        Rate = plan.IsOpenLoop ? plan.Rate : null,
        FailureReport = plan.FailureReport.ToString().ToLowerInvariant(),
    };

    public override string ToString()
    {
        var pace = Rate is { } rate ? Text($"{rate:N0} messages/s") : Text($"{Window} in flight");
        var place = AreSessions ? Count(Rooms, "one-to-one session") : Text($"{Count(Rooms, "room")} of {Members:N0}");
        return Text($"{place}, {Count(Senders, "sender")} each, {TextBytes:N0} B, {pace}");
    }

    private static string Count(int count, string noun) => Text($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
