using System.Net.Sockets;
using OmaIm.Load.Measuring;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Churn;

/// <summary>Strangers who connect, one behind the other, say nothing, and wait to be closed. On a thread that gives way to the one that measures.</summary>
internal sealed class SilentCrowd : IDisposable
{
    private readonly WireLoop _loop = new(givesWay: true);
    private readonly List<SilentPeer> _peers = [];
    private readonly (string Host, int Port) _target;
    private readonly int _size;
    private readonly double _rate;
    private long _beganAt;
    private int _made;
    private int _closed;

    /// <param name="target">Where to connect.</param>
    /// <param name="size">How many.</param>
    /// <param name="rate">How many a second.</param>
    public SilentCrowd((string Host, int Port) target, int size, double rate)
    {
        (_target, _size, _rate) = (target, size, rate);
        _loop.Turn = ConnectDue;
    }

    /// <summary>Why no more could be made; null while nothing is wrong.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether all were made, or no more can be, and the server has closed them.</summary>
    public bool IsOver => Volatile.Read(ref _closed) == (Failure is null ? _size : Volatile.Read(ref _made));

    /// <summary>How long the server let each of those be whom it has closed, in seconds. Once it is over, or stopped.</summary>
    public List<double> ClosedAfterSeconds => [.. _peers.Select(static peer => peer.ClosedAfterSeconds).OfType<double>()];

    public void Start()
    {
        _beganAt = Clock.Now;
        if (_size > 0)
        {
            _loop.Start();
        }
    }

    /// <summary>Closes whom the server has not.</summary>
    public void Dispose() => _loop.Dispose();

    private long ConnectDue()
    {
        while (Failure is null && _peers.Count < _size)
        {
            var due = _beganAt + (long)(_peers.Count * (Clock.Second / _rate));
            if (due > Clock.Now)
            {
                return due;
            }

            Connect();
        }

        return long.MaxValue;
    }

    private void Connect()
    {
        var peer = new SilentPeer(Clock.Now, () => Interlocked.Increment(ref _closed));
        try
        {
            _loop.Add(WireConnection.Connect(_loop, _target.Host, _target.Port, peer));
            _peers.Add(peer);
            Volatile.Write(ref _made, _peers.Count);
        }
        catch (SocketException failure)
        {
            Failure = failure.Message;
        }
    }
}
