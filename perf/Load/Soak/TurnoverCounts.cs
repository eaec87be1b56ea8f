namespace OmaIm.Load.Soak;

/// <summary>Who came and went, and what went wrong with it. Counted from any thread.</summary>
internal sealed class TurnoverCounts
{
    private readonly Lock _gate = new();

    public long Joined { get; private set; }

    public long Left { get; private set; }

    public long Killed { get; private set; }

    /// <summary>Members that stopped reading and whose session the server has ended.</summary>
    public long CutOff { get; private set; }

    public double? ShortestCutOffSeconds { get; private set; }

    /// <summary>The longest that the server took for it.</summary>
    public double? LongestCutOffSeconds { get; private set; }

    /// <summary>Replacements that were due and not made, because those before were not through.</summary>
    public long Late { get; private set; }

    /// <summary>Joins that were refused, goodbyes without an answer, deaths that the server did not notice.</summary>
    public long Failures { get; private set; }

    public string? FirstFailure { get; private set; }

    public void CountJoined()
    {
        lock (_gate)
        {
            Joined++;
        }
    }

    public void CountLeft()
    {
        lock (_gate)
        {
            Left++;
        }
    }

    public void CountKilled()
    {
        lock (_gate)
        {
            Killed++;
        }
    }

    public void CountLate()
    {
        lock (_gate)
        {
            Late++;
        }
    }

    public void CountCutOff(double seconds)
    {
        lock (_gate)
        {
            CutOff++;
            ShortestCutOffSeconds = Math.Min(ShortestCutOffSeconds ?? seconds, seconds);
            LongestCutOffSeconds = Math.Max(LongestCutOffSeconds ?? seconds, seconds);
        }
    }

    public void Fail(string reason)
    {
        lock (_gate)
        {
            Failures++;
            FirstFailure ??= reason;
        }
    }
}
