using System.Buffers;
using System.Globalization;
using System.Text;
using OmaIm.Load.Measuring;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Neighbours;

/// <summary>One client of a neighbour: enters its topic, hands on what it hears, and renders what it says. On the loop's thread.</summary>
internal abstract class NeighbourSession(NeighbourSeat seat) : IByteReceiver
{
    private WireConnection? _connection;

    /// <summary>Number over all topics.</summary>
    public int Number { get; } = seat.Number;

    public int Topic { get; } = seat.Topic;

    /// <summary>What has come of each sender of the topic.</summary>
    public SequenceCheck Sequences { get; } = new(seat.FanOut.Plan.Senders);

    /// <summary>Whether the server sends a message to its sender, too. If so, that copy is a delivery like others.</summary>
    public abstract bool HearsItself { get; }

    /// <summary>Whether what is said in the topic reaches this session.</summary>
    public bool IsReady { get; protected set; }

    /// <summary>Why the connection ended that should not have.</summary>
    public string? LostBecause { get; private set; }

    protected FanOut FanOut { get; } = seat.FanOut;

    protected IBufferWriter<byte> Output { get; } = seat.FanOut.Loop.Scratch;

    /// <summary>Takes the connection and says the first words on it.</summary>
    public void Open(WireConnection connection)
    {
        _connection = connection;
        FanOut.Loop.Add(connection);
        Begin();
        Flush();
    }

    /// <summary>Renders one message to the topic; <see cref="Flush"/> sends what was rendered.</summary>
    public abstract void Render(ReadOnlySpan<byte> text);

    public abstract int OnBytes(WireConnection connection, ReadOnlySpan<byte> data);

    public void Flush() => _connection?.FlushScratch();

    public void OnClosed(string reason)
    {
        LostBecause = reason;
        IsReady = false;
    }

    /// <summary>Renders the first words of a connection, if the client speaks first.</summary>
    protected abstract void Begin();

    protected void Write(ReadOnlySpan<byte> data) => Output.Write(data);

    /// <summary>For what is said once; it allocates.</summary>
    protected void Write(string text) => Output.Write(Encoding.UTF8.GetBytes(text));

    protected static byte[] Bytes(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
