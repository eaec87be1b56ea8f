namespace OmaIm.Appliance.Http;

/// <summary>
/// Whether the process lives (each of its loops answers) and whether it wants new work. A loop that hangs makes both fail:
/// a green light over a dead transport is the worst of all states.
/// </summary>
internal sealed class HealthChecks(IReadOnlyDictionary<string, Func<Task>> pulses, TimeProvider time)
{
    /// <summary>A loop that has not come round in this time is stuck: its longest callback takes milliseconds.</summary>
    public static readonly TimeSpan PulseTimeout = TimeSpan.FromSeconds(2);

    private volatile bool _isReady;

    /// <summary>Set when everything listens, cleared when the stop begins.</summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>Null when every loop answers, else which does not.</summary>
    public async Task<string?> FindFaultAsync()
    {
        foreach (var (name, pulse) in pulses)
        {
            try
            {
                await pulse().WaitAsync(PulseTimeout, time);
            }
            catch (TimeoutException)
            {
                return $"{name} does not answer";
            }
        }

        return null;
    }
}
