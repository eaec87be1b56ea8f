using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The part of a connection that lives on another loop than its socket, for the sessions of that loop. It stands as long as the connection
/// that carries it, which alone has a peer that could be slow or silent and alone is counted.
/// </summary>
internal sealed class CrossedConnection(MsrpConnection carrier, MsrpCrossing crossing, PipeReader input, PipeWriter output)
    : PipeConnection(carrier.Endpoint, crossing.Loop, new DefaultConnectionContext(carrier.Remote, new Ways(input, output), new Ways(input, output)))
{
    // What was written together of what waits in the outbox, and all of it: the carrier may have something to say between two of them.
    private readonly Queue<int> _kept = new();
    private int _keptBytes;
    private bool _isAsked;

    internal override bool IsCrossed => true;

    /// <summary>Why the carrier has ended, set before the input does.</summary>
    internal override MsrpCloseReason? EndOfCarrier { get; set; }

    internal override bool IsOfRelay { get => carrier.IsOfRelay; set => carrier.IsOfRelay = value; }

    internal override void OnSessionsChanged()
    {
        // Behind the answers that wait for the flush: the carrier closes when it hears that this was its last session.
        var sessions = Sessions.Count;
        Loop.MarkDirty(this);
        Loop.PostAfterFlush(() => crossing.Report(sessions));
    }

    /// <summary>Tells the carrier how many sessions there are, once all is read that has come.</summary>
    internal void AnswerWhenRead()
    {
        _isAsked = true;
        OnReady();
    }

    protected internal override void OnReady()
    {
        base.OnReady();
        if (_isAsked && HasReadAll)
        {
            _isAsked = false;
            var sessions = Sessions.Count;
            Loop.PostAfterFlush(() => crossing.Answer(sessions));
        }
    }

    protected override void OnKept()
    {
        if (Outbox.Length > _keptBytes)
        {
            _kept.Enqueue(Outbox.Length - _keptBytes);
            _keptBytes = Outbox.Length;
        }
    }

    // Whole frames: those of the carrier's own sessions come between pieces.
    protected override int NextPiece()
    {
        if (_kept.Count == 0)
        {
            // Written by one who failed before he said that it was whole.
            _keptBytes = 0;
            return Outbox.Length;
        }

        var length = 0;
        while (_kept.TryPeek(out var next) && (length == 0 || length + next <= OutboxPiece))
        {
            length += _kept.Dequeue();
        }

        _keptBytes -= length;
        return length;
    }

    protected override void CloseTransport(bool abort)
    {
        base.CloseTransport(abort);
        crossing.ReportEnd(EndReason);
    }

    private sealed class Ways(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
