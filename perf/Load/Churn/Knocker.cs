using System.Net;
using System.Net.Sockets;
using OmaIm.Load.Measuring;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Churn;

/// <summary>
/// Connects and closes at once, so many times a second, on threads of its own that give way to the one that measures. The connections come from
/// many addresses of loopback: a closed one keeps its pair of ports for a minute, and one address has not enough of them.
/// </summary>
internal sealed class Knocker : IDisposable
{
    /// <summary>One thread can make some ten thousand connections a second; the second one goes on when the first waits for a full backlog.</summary>
    private const int Threads = 2;

    /// <summary>Source addresses, from 127.0.0.2 on.</summary>
    private const int Addresses = 250;

    // linux/in.h; .NET has no name for them.
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;

    private readonly IPEndPoint _target;
    private readonly double _ratePerThread;
    private readonly List<Thread> _threads = [];
    private readonly ManualResetEvent _stop = new(false);
    private readonly Lock _gate = new();
    private int _address;
    private long _made;
    private long _slowest;

    public Knocker(IPEndPoint target, double rate)
    {
        _target = target;
        _ratePerThread = rate / Threads;
    }

    /// <summary>Connections that were made and closed.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Connections that could not be made.</summary>
    public long Failed { get; private set; }

    public string? FirstFailure { get; private set; }

    /// <summary>How long the slowest connection took: a second or more when the server did not accept in time, as TCP tries again then.</summary>
    public double SlowestMilliseconds => Interlocked.Read(ref _slowest) / (double)Clock.Millisecond;

    public void Start()
    {
        for (var number = 0; number < Threads && _ratePerThread > 0; number++)
        {
            _threads.Add(new Thread(Run) { Name = "knocker", IsBackground = true });
            _threads[^1].Start();
        }
    }

    public void Stop()
    {
        _stop.Set();
        _threads.ForEach(thread => thread.Join());
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Run()
    {
        Precedence.GiveWay();
        var startedAt = Clock.Now;
        for (var count = 0L; ; count++)
        {
            // Whole milliseconds are slept; what became due meanwhile is made at once.
            var wait = startedAt + (long)(count * (Clock.Second / _ratePerThread)) - Clock.Now;
            if (_stop.WaitOne(TimeSpan.FromMilliseconds(Math.Max(0, wait / Clock.Millisecond))))
            {
                return;
            }

            Knock();
        }
    }

    private void Knock()
    {
        var before = Clock.Now;
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            if (IPAddress.IsLoopback(_target.Address))
            {
                // The port is then chosen by connect, which may use one for many peers, and not by bind, which may not.
                socket.SetRawSocketOption(IpLevel, BindAddressNoPort, BitConverter.GetBytes(1));
                socket.Bind(new IPEndPoint(NextAddress(), 0));
            }

            socket.Connect(_target);
            Interlocked.Increment(ref _made);
        }
        catch (SocketException failure)
        {
            lock (_gate)
            {
                Failed++;
                FirstFailure ??= failure.Message;
            }
        }

        lock (_gate)
        {
            _slowest = Math.Max(_slowest, Clock.Now - before);
        }
    }

    private IPAddress NextAddress() => new([127, 0, 0, (byte)(2 + ((uint)Interlocked.Increment(ref _address) % Addresses))]);
}
