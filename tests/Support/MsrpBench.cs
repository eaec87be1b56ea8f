using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>A loop and an endpoint on the test's own thread and clock.</summary>
public sealed class MsrpBench : IDisposable
{
    public MsrpBench(MsrpLoopOptions? options = null, MsrpLimits? limits = null)
    {
        Loop = new MsrpLoop(options ?? Options, Time, limits: limits, slabs: Slabs);
        Endpoint = new MsrpEndpoint(Loop, new MsrpEndpointOptions { Host = "switch.test", Port = 2855 });
    }

    /// <summary>The defaults without sockets, and every drain is flushed at once: the clock of a test stands still.</summary>
    public static MsrpLoopOptions Options { get; } = new() { FlushInterval = TimeSpan.Zero, UseSockets = false };

    /// <summary>The loop's memory, watched.</summary>
    public CheckedSlabPool Slabs { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public MsrpLoop Loop { get; }

    public MsrpEndpoint Endpoint { get; }

    public MsrpStatistics Statistics => Loop.Statistics;

    public MsrpMemoryConnection Connect() => new(Endpoint);

    /// <summary>Lets the loop do all that there is to do now.</summary>
    public void Run()
    {
        const int Endless = 10_000;
        for (var turn = 0; Loop.RunOnce() <= TimeSpan.Zero; turn++)
        {
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
        Loop.Dispose();
        Slabs.Check();
    }
}
