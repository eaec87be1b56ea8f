using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Sessions;

/// <summary>
/// What this side has said and nobody has answered for yet. It outlives a connection: on the next one a message is sent again from its start,
/// under the same Message-ID, by which the receiver knows it (RFC 4975 section 5.4). Lives on the control loop.
/// </summary>
internal sealed class SessionOutbox(ControlLoop loop)
{
    /// <summary>Messages under way at one time; a program that sends more waits for none of them.</summary>
    private const int Capacity = 1000;

    /// <summary>Messages remembered that a hop has taken and nobody has reported, so that a late failure can be told.</summary>
    private const int Remembered = 256;

    private const int NoSuchSession = 481;
    private const int BoundElsewhere = 506;

    private readonly List<Pending> _pending = [];
    private readonly Queue<(ulong Id, string Name)> _taken = new();
    private MsrpLeg? _leg;
    private ImException? _end;

    /// <summary>Hears of a message that was answered for and failed behind that.</summary>
    public Action<string, int> FailedLater { get; init; } = (_, _) => { };

    /// <summary>Whether there is a connection now.</summary>
    public bool IsAttached => _leg is not null;

    /// <summary>
    /// Sends a message, at once or when there is a connection again. True when the receiver has reported the whole of it, false when the next
    /// hop has answered for it and no report was asked for or came.
    /// </summary>
    /// <param name="sealedMessage">The message.</param>
    /// <param name="report">Whether the receiver's report is waited for.</param>
    /// <param name="start">Bytes from its front that the receiver has already.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<bool> SendAsync(SealedMessage sealedMessage, ReportWish report, long start, CancellationToken cancellationToken)
    {
        if (_end is not null)
        {
            throw ImException.SessionEnded(_end.Phrase);
        }

        if (_pending.Count >= Capacity)
        {
            throw ImException.Unreachable("too many messages wait for the other side");
        }

        var pending = new Pending(sealedMessage.Name, report);
        pending.Message = new OutgoingMessage(sealedMessage.ContentType, sealedMessage.Body)
        {
            Id = sealedMessage.Id,
            Start = start,
            SuccessReport = report.IsAsked,
            Completed = (message, status) => loop.Post(() => OnCompleted(pending, message, status)),
        };
        _pending.Add(pending);
        Send(pending);
        using (cancellationToken.UnsafeRegister(_ => loop.Post(() => Cancel(pending)), null))
        {
            return await pending.Done.Task;
        }
    }

    /// <summary>A connection is there: everything that is not done goes over it.</summary>
    public void Attach(MsrpLeg leg)
    {
        _leg = leg;
        foreach (var pending in _pending)
        {
            Resend(pending);
        }
    }

    public void Detach() => _leg = null;

    /// <summary>
    /// A REPORT has come. A failure ends the message, 408 of a relay too: that is what a time-out of one's own would be (RFC 4975 section 10.4),
    /// and whether the receiver has the message nobody knows then. Behind a 200, which is a hop's word only, a failure counts as well; behind
    /// the receiver's own report it does not.
    /// </summary>
    public void OnReport(ulong messageId, ByteRange range, int status)
    {
        if (_pending.Find(pending => pending.Message!.Id == messageId) is not { } found)
        {
            if (status != OutgoingMessage.Delivered && _taken.FirstOrDefault(taken => taken.Id == messageId) is { Name: { } name })
            {
                FailedLater(name, status);
            }
        }
        else if (status != OutgoingMessage.Delivered)
        {
            Finish(found, ImException.FromMsrp(status));
        }
        else if (found.Report.IsAsked && found.IsWhole(range))
        {
            Finish(found, isReported: true);
        }
    }

    /// <summary>The session is over, and with it what was not done.</summary>
    public void End(ImException reason)
    {
        _end = reason;
        _leg = null;
        foreach (var pending in _pending.ToArray())
        {
            Finish(pending, reason);
        }
    }

    private void Send(Pending pending)
    {
        if (_leg is not null)
        {
            pending.Leg = _leg;
            _leg.Session.Send(pending.Message!);
        }
    }

    private void Resend(Pending pending)
    {
        if (pending.Leg is not null)
        {
            // Another object than before, so that what the old connection still has to say about that one counts for nothing.
            pending.Message = pending.Message!.Again();
            pending.ReportTimer?.Cancel();
        }

        Send(pending);
    }

    private void OnCompleted(Pending pending, OutgoingMessage message, int status)
    {
        if (pending.Message != message || pending.IsDone)
        {
            return;
        }

        switch (status)
        {
            case OutgoingMessage.Delivered when !pending.Report.IsAsked:
                Finish(pending, isReported: false);
                break;
            case OutgoingMessage.Delivered:
                pending.ReportTimer = loop.Schedule(pending.Report.Time, () => OnNoReport(pending));
                break;
            case OutgoingMessage.ConnectionLost or NoSuchSession or BoundElsewhere:
                break; // it waits for the next connection: by these two answers the session is lost (section 10)
            case OutgoingMessage.Aborted:
                Finish(pending, ImException.SessionEnded("given up"));
                break;
            default:
                Finish(pending, ImException.FromMsrp(status));
                break;
        }
    }

    private void OnNoReport(Pending pending)
    {
        if (pending.Report.IsRequired)
        {
            Finish(pending, ImException.FromMsrp(OutgoingMessage.TimedOut));
        }
        else
        {
            Finish(pending, isReported: false);
        }
    }

    private void Cancel(Pending pending)
    {
        if (!pending.IsDone)
        {
            pending.Leg?.Session.Abort(pending.Message!);
            Remove(pending);
            pending.Done.TrySetCanceled();
        }
    }

    private void Finish(Pending pending, bool isReported)
    {
        Remove(pending);
        if (!isReported)
        {
            _taken.Enqueue((pending.Message!.Id, pending.Name));
        }

        if (_taken.Count > Remembered)
        {
            _taken.Dequeue();
        }

        pending.Done.TrySetResult(isReported);
    }

    private void Finish(Pending pending, ImException failure)
    {
        Remove(pending);
        pending.Done.TrySetException(failure);
    }

    private void Remove(Pending pending)
    {
        pending.IsDone = true;
        pending.ReportTimer?.Cancel();
        _pending.Remove(pending);
    }

    private sealed class Pending(string name, ReportWish report)
    {
        private long _reported;

        public string Name { get; } = name;

        public ReportWish Report { get; } = report;

        public TaskCompletionSource<bool> Done { get; } = new();

        public OutgoingMessage? Message { get; set; }

        /// <summary>Over which it went last; null before it went at all.</summary>
        public MsrpLeg? Leg { get; set; }

        public bool IsDone { get; set; }

        public LoopTimer? ReportTimer { get; set; }

        /// <summary>Notes a success REPORT, which may be about a part (section 7.1.2); true when all parts are reported.</summary>
        public bool IsWhole(ByteRange range)
        {
            var end = range.End < 0 ? Message!.Length : range.End;
            _reported = range.Start - 1 <= _reported ? Math.Max(_reported, end) : _reported;
            return _reported >= Message!.Length;
        }
    }
}
