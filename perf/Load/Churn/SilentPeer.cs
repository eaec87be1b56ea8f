using OmaIm.Load.Measuring;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Churn;

/// <summary>Connects, says nothing, and waits to be closed. On the loop's thread.</summary>
internal sealed class SilentPeer(long connectedAt, Action closed) : IByteReceiver
{
    /// <summary>How long the server let it be; null while it does.</summary>
    public double? ClosedAfterSeconds { get; private set; }

    // A server has nothing to say to a stranger; if it does, it closes later than it should, which is what is judged.
    public int OnBytes(WireConnection connection, ReadOnlySpan<byte> data) => data.Length;

    public void OnClosed(string reason)
    {
        ClosedAfterSeconds = (Clock.Now - connectedAt) / (double)Clock.Second;
        closed();
    }
}
