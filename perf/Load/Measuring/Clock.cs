using System.Diagnostics;

namespace OmaIm.Load.Measuring;

/// <summary>Monotonic time in nanoseconds: what messages carry and latencies are made of.</summary>
internal static class Clock
{
    public const long Second = 1_000_000_000;
    public const long Millisecond = 1_000_000;

    private static readonly long NanosecondsPerTick = Second / Stopwatch.Frequency;

    public static long Now => Stopwatch.GetTimestamp() * NanosecondsPerTick;
}
