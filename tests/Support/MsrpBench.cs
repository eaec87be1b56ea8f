using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>A loop and an endpoint on the test's own thread and clock.</summary>
public sealed class MsrpBench : IDisposable
{
    private readonly CheckedSlabPool[] _slabs;
    private readonly MsrpLoop[] _loops;

    public MsrpBench(MsrpLoopOptions? options = null, MsrpLimits? limits = null, int loops = 1)
    {
        _slabs = [.. Enumerable.Range(0, loops).Select(static _ => new CheckedSlabPool())];
        _loops = [.. _slabs.Select(slabs => new MsrpLoop(options ?? Options, Time, limits: limits, slabs: slabs))];
        Endpoint = new MsrpEndpoint(_loops, new MsrpEndpointOptions { Host = "switch.test", Port = 2855 });
    }

    /// <summary>The defaults without sockets, and every drain is flushed at once: the clock of a test stands still.</summary>
    public static MsrpLoopOptions Options { get; } = new() { FlushInterval = TimeSpan.Zero, UseSockets = false };

    /// <summary>The first loop's memory, watched as that of all.</summary>
    public CheckedSlabPool Slabs => _slabs[0];

    public FakeTimeProvider Time { get; } = new();

    /// <summary>All of them run on the test's thread, in turns.</summary>
    public IReadOnlyList<MsrpLoop> Loops => _loops;

    public MsrpLoop Loop => _loops[0];

    public MsrpEndpoint Endpoint { get; }

    public MsrpStatistics Statistics => Loop.Statistics;

    public MsrpMemoryConnection Connect() => new(Endpoint);

    /// <summary>Lets the loops do all that there is to do now.</summary>
    public void Run()
    {
        const int Endless = 10_000;

        // A loop that was still may have been told something by one behind it: all must be still one behind the other.
        var still = 0;
        for (var turn = 0; still < _loops.Length; turn++)
        {
            still = RunOnce() ? 0 : still + 1;
            if (turn == Endless)
            {
                throw new InvalidOperationException("The loop does not come to rest.");
            }
        }
    }

    /// <summary>Lets time go by, second after second, as the loop's sweep would see it.</summary>
    public void Run(TimeSpan time)
    {
        Run();
        var left = time;
        while (left > TimeSpan.Zero)
        {
            var step = left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            Time.Advance(step);
            left -= step;
            Run();
        }
    }

    /// <summary>Ends everything, and fails if memory was used wrongly or not given back.</summary>
    public void Dispose()
    {
        Endpoint.Dispose();
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }

        foreach (var slabs in _slabs)
        {
            slabs.Check();
        }
    }

    private bool RunOnce()
    {
        var worked = false;
        foreach (var loop in _loops)
        {
            worked |= loop.RunOnce() <= TimeSpan.Zero;
        }

        return worked;
    }
}
