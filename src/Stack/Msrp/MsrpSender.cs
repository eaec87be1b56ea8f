using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Writes a session's messages chunk by chunk. Messages take turns, so that a long one does not hold up a short one; what is in flight,
/// waits in the outbox or is rendered in one turn is bounded.
/// </summary>
internal sealed class MsrpSender(MsrpSession session)
{
    private const int TurnBytes = 64 * 1024;

    private readonly List<OutgoingMessage> _queue = [];
    private readonly Dictionary<ulong, Transaction> _transactions = [];
    private readonly Dictionary<string, byte[]> _contentTypes = new(StringComparer.Ordinal);
    private int _next;
    private bool _waitsForFlush;

    private record struct Transaction(OutgoingMessage? Message, MsrpAnswered? Answered, long Began);

    private MsrpLoop Loop => session.Loop;

    /// <summary>Whether some answer is still to come.</summary>
    public bool AwaitsAnswers => _transactions.Count > 0;

    public void Queue(OutgoingMessage message)
    {
        _queue.Add(message);
        Pump();
    }

    public void SendNickname(string nickname, MsrpAnswered answered)
    {
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        var key = Loop.TransactionIds.Next(id);
        MsrpWriter.WriteNickname(
            session.Connection!.BeginAnswer(), id, session.RemotePathBytes, session.LocalPathBytes, Encoding.UTF8.GetBytes(nickname));
        session.Connection.EndAnswer();
        _transactions[key] = new Transaction(null, answered, Loop.Time.GetTimestamp());
    }

    public void SendAuth(string relay, long? expires, string? authorization, MsrpAnswered answered)
    {
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        var key = Loop.TransactionIds.Next(id);
        MsrpWriter.WriteAuth(
            session.Connection!.BeginAnswer(), id, Encoding.UTF8.GetBytes(relay), session.LocalPathBytes, expires,
            authorization is null ? default : Encoding.UTF8.GetBytes(authorization));
        session.Connection.EndAnswer();
        _transactions[key] = new Transaction(null, answered, Loop.Time.GetTimestamp());
    }

    /// <summary>Writes chunks until something must be waited for: answers, room, or the next flush.</summary>
    public void Pump()
    {
        // Messages one behind the other whose next chunk is not there yet.
        var waiting = 0;
        while (_queue.Count > waiting && session.Connection is { IsClosed: false } connection && _transactions.Count < Loop.Options.ChunksInFlight)
        {
            if (connection.Backlog + connection.AnswerBytes >= TurnBytes)
            {
                // A blocked connection says when it has room again.
                WaitForFlush(connection);
                return;
            }

            _next = _next < _queue.Count ? _next : 0;
            var message = _queue[_next];
            if (message.IsDone)
            {
                // Refused, not answered in time or given up: the peer need not keep what it has.
                if (message.HasBegun)
                {
                    WriteChunk(connection, message, default, MsrpFlag.Abort);
                }

                _queue.RemoveAt(_next);
                continue;
            }

            if (!message.TryRead(out var chunk))
            {
                waiting++;
                _next++;
                continue;
            }

            waiting = 0;
            WriteChunk(connection, message, chunk, MsrpFlag.More);
            if (message.IsSentWhole)
            {
                _queue.RemoveAt(_next);
            }
            else
            {
                _next++;
            }
        }
    }

    /// <summary>Takes an answer; false when nothing was sent that it could belong to.</summary>
    public bool TryTakeResponse(in MsrpFrame frame)
    {
        if (!TransactionIds.TryRead(frame.TransactionId, out var key) || !_transactions.Remove(key, out var transaction))
        {
            return false;
        }

        transaction.Answered?.Invoke(frame.StatusCode, frame);
        if (transaction.Message is { } message)
        {
            message.Unanswered--;
            if (frame.StatusCode != OutgoingMessage.Delivered)
            {
                message.Complete(frame.StatusCode);
            }
            else if (message.Unanswered == 0 && message.IsSentWhole)
            {
                message.Complete(OutgoingMessage.Delivered);
            }
        }

        if (frame.StatusCode is MsrpSession.Gone or MsrpSession.BoundElsewhere)
        {
            session.CloseNow(MsrpCloseReason.SessionRefused);
        }
        else
        {
            Pump();
        }

        return true;
    }

    public void Sweep()
    {
        if (_transactions.Count == 0)
        {
            return;
        }

        var overdue = _transactions.Where(entry => Loop.Time.GetElapsedTime(entry.Value.Began) > Loop.Options.Transaction).ToList();
        foreach (var (key, transaction) in overdue)
        {
            _transactions.Remove(key);
            transaction.Answered?.Invoke(OutgoingMessage.TimedOut, default);
            transaction.Message?.Complete(OutgoingMessage.TimedOut);
        }

        Pump();
    }

    public void End()
    {
        foreach (var transaction in _transactions.Values)
        {
            transaction.Answered?.Invoke(OutgoingMessage.ConnectionLost, default);
            transaction.Message?.Complete(OutgoingMessage.ConnectionLost);
        }

        _transactions.Clear();
        _queue.ForEach(message => message.Complete(OutgoingMessage.ConnectionLost));
        _queue.Clear();
    }

    private void WriteChunk(MsrpConnection connection, OutgoingMessage message, ReadOnlySpan<byte> chunk, MsrpFlag flag)
    {
        Span<byte> messageId = stackalloc byte[TransactionIds.Length];
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        if (!message.HasBegun)
        {
            message.HasBegun = true;
            if (message.Id == 0)
            {
                message.Name(Loop.TransactionIds.Next(messageId));
            }
        }

        TransactionIds.Write(message.Id, messageId);
        var range = new ByteRange(message.Sent + 1, message.Sent + chunk.Length, message.Length);
        var key = Loop.TransactionIds.NextFor(chunk, id);
        var output = connection.BeginAnswer();
        message.Sent += chunk.Length;
        if (message.IsBinding)
        {
            MsrpWriter.WriteEmptySend(output, id, session.RemotePathBytes, session.LocalPathBytes, messageId);
        }
        else
        {
            flag = flag == MsrpFlag.More && message.IsSentWhole ? MsrpFlag.Complete : flag;
            MsrpWriter.WriteRequestHead(output, id, "SEND"u8, session.RemotePathBytes, session.LocalPathBytes);
            MsrpWriter.WriteMessageHeaders(output, messageId, range, message.SuccessReport, message.FailureReport);
            MsrpWriter.WriteContent(output, ContentTypeBytes(message.ContentType), chunk, id, flag);
        }

        connection.EndAnswer();
        if (flag != MsrpFlag.Abort)
        {
            AwaitAnswer(message, key);
        }
    }

    private void AwaitAnswer(OutgoingMessage message, ulong key)
    {
        if (message.FailureReport == FailureReport.Yes)
        {
            message.Unanswered++;
            _transactions[key] = new Transaction(message, null, Loop.Time.GetTimestamp());
        }
        else if (message.IsSentWhole)
        {
            message.Complete(OutgoingMessage.Delivered);
        }
    }

    private byte[] ContentTypeBytes(string contentType)
    {
        if (!_contentTypes.TryGetValue(contentType, out var bytes))
        {
            _contentTypes[contentType] = bytes = Encoding.UTF8.GetBytes(contentType);
        }

        return bytes;
    }

    private void WaitForFlush(MsrpConnection connection)
    {
        if (!connection.IsBlocked && !_waitsForFlush)
        {
            _waitsForFlush = true;
            Loop.PostAfterFlush(() =>
            {
                _waitsForFlush = false;
                Pump();
            });
        }
    }
}
