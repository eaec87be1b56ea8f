using OmaIm.Load.Neighbours;
using OmaIm.Load.Wire;

namespace OmaIm.Tests.Unit.Load.Neighbours;

/// <summary>A session without a connection: the test is the server and decides who hears what.</summary>
internal sealed class SilentSession : NeighbourSession
{
    public SilentSession(NeighbourSeat seat, bool hearsItself)
        : base(seat)
    {
        HearsItself = hearsItself;
        IsReady = true;
    }

    public override bool HearsItself { get; }

    /// <summary>What the session has said.</summary>
    public List<byte[]> Said { get; } = [];

    public override void Render(ReadOnlySpan<byte> text) => Said.Add(text.ToArray());

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data) => data.Length;

    protected override void Begin()
    {
    }
}
