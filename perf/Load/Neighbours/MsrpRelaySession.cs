using System.Buffers.Text;
using OmaIm.Load.Traffic;
using OmaIm.Load.Wire;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Neighbours;

/// <summary>
/// A client of an MSRP relay (RFC 4976) that asks nobody who he is: AUTH opens a session there, and messages go through the relay to the other
/// client of the topic. A relay does not replicate, so that a topic has two members.
/// </summary>
internal sealed class MsrpRelaySession : NeighbourSession, IFrameReceiver
{
    private readonly FrameReader _frames;
    private readonly byte[] _relay;
    private readonly byte[] _localPath;
    private byte[] _peerPath = [];
    private byte[] _usePath = [];
    private int _sent;

    public MsrpRelaySession(NeighbourSeat seat)
        : base(seat)
    {
        _frames = new FrameReader(this);
        _relay = Bytes($"msrp://{seat.FanOut.Plan.Server}/relay;tcp");

        // Nobody connects there: the relay comes back on the connection of the AUTH.
        _localPath = Bytes($"msrp://127.0.0.1:9/member{seat.Number};tcp");
    }

    public override bool HearsItself => false;

    public override void Render(ReadOnlySpan<byte> text)
    {
        if (_peerPath.Length == 0)
        {
            var peer = (MsrpRelaySession)FanOut.Sessions[Number ^ 1];
            _peerPath = [.. peer._usePath, (byte)' ', .. peer._localPath];
        }

        var id = new TransactionKey(TransactionKind.Chat, _sent, 0).Write(stackalloc byte[TransactionKey.Length]);
        Span<byte> messageId = stackalloc byte[24];
        "msg."u8.CopyTo(messageId);
        Utf8Formatter.TryFormat(_sent++, messageId[4..], out var digits);
        MsrpWriter.WriteRequestHead(Output, id, "SEND"u8, _peerPath, _localPath);
        MsrpWriter.WriteMessageHeaders(Output, messageId[..(4 + digits)], new(1, text.Length, text.Length), successReport: false, FailureReport.Partial);
        MsrpWriter.WriteContent(Output, "text/plain"u8, text, id, MsrpFlag.Complete);
    }

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data) => _frames.OnBytes(connection, data);

    public void OnFrame(in MsrpFrame frame)
    {
        if (frame is { Method: MsrpMethod.Send, HasBody: true })
        {
            FanOut.Take(this, frame.Body);
        }
        else if (frame.Method == MsrpMethod.Response && !IsReady)
        {
            _usePath = frame[MsrpHeaderId.UsePath].ToArray();
            IsReady = frame.StatusCode == 200 && _usePath.Length > 0;
        }
        else if (frame is { Method: MsrpMethod.Response, StatusCode: not 200 })
        {
            FanOut.Faults.Refused++;
        }
    }

    protected override void Begin()
    {
        if (FanOut.Plan.Members != 2)
        {
            throw new LoadException("a relay has no rooms: --members 2");
        }

        var id = TransactionKey.Binding.Write(stackalloc byte[TransactionKey.Length]);
        MsrpWriter.WriteRequestHead(Output, id, "AUTH"u8, _relay, _localPath);
        MsrpWriter.WriteEndLine(Output, id, MsrpFlag.Complete, afterBody: false);
    }
}
