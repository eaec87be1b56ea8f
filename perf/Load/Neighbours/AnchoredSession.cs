using System.Buffers.Text;
using OmaIm.Load.Traffic;
using OmaIm.Load.Wire;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Neighbours;

/// <summary>One side of a one-to-one session that stands already and that a server of ours anchors. It answers as it is asked: every message, or none.</summary>
internal sealed class AnchoredSession : NeighbourSession, IFrameReceiver
{
    private readonly FrameReader _frames;
    private readonly FailureReport _failureReport;
    private readonly byte[] _remotePath;
    private readonly byte[] _localPath;
    private bool _hasAnswers;
    private int _sent;

    public AnchoredSession(NeighbourSeat seat, FailureReport failureReport)
        : base(seat)
    {
        if (seat.FanOut.Plan is not { Members: 2 } plan || plan.Paths.Count <= seat.Number)
        {
            throw new LoadException("a session has two members, with a path for each: --members 2 --paths FILE");
        }

        _frames = new FrameReader(this);
        _failureReport = failureReport;
        _remotePath = Bytes($"{plan.Paths[seat.Number].RemotePath}");
        _localPath = Bytes($"{plan.Paths[seat.Number].LocalPath}");
    }

    public override bool HearsItself => false;

    public override void Render(ReadOnlySpan<byte> text)
    {
        var id = new TransactionKey(TransactionKind.Chat, _sent, 0).Write(stackalloc byte[TransactionKey.Length]);
        Span<byte> messageId = stackalloc byte[24];
        "msg."u8.CopyTo(messageId);
        Utf8Formatter.TryFormat(_sent++, messageId[4..], out var digits);
        MsrpWriter.WriteRequestHead(Output, id, "SEND"u8, _remotePath, _localPath);
        MsrpWriter.WriteMessageHeaders(Output, messageId[..(4 + digits)], new(1, text.Length, text.Length), successReport: false, _failureReport);
        MsrpWriter.WriteContent(Output, "text/plain"u8, text, id, MsrpFlag.Complete);
    }

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data)
    {
        var used = _frames.OnBytes(connection, data);
        if (_hasAnswers)
        {
            _hasAnswers = false;
            Flush();
        }

        return used;
    }

    public void OnFrame(in MsrpFrame frame)
    {
        if (frame is { Method: MsrpMethod.Send, HasBody: true })
        {
            FanOut.Take(this, frame.Body);
            if (_failureReport == FailureReport.Yes)
            {
                MsrpWriter.WriteResponse(Output, frame.TransactionId, 200, "OK"u8, frame.FromPath, frame.ToPath);
                _hasAnswers = true;
            }
        }
        else if (frame is { Method: MsrpMethod.Response, StatusCode: 200 })
        {
            IsReady = true;
        }
        else
        {
            FanOut.Faults.Refused++;
        }
    }

    protected override void Begin()
    {
        var id = TransactionKey.Binding.Write(stackalloc byte[TransactionKey.Length]);
        MsrpWriter.WriteEmptySend(Output, id, _remotePath, _localPath, "bind0001"u8);
    }
}
