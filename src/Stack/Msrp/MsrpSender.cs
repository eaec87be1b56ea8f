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
    private bool _isTurnPosted;

    private record struct Transaction(OutgoingMessage? Message, Action<int>? Nickname, long Began);

    private MsrpLoop Loop => session.Loop;

    public void Queue(OutgoingMessage message)
    {
        _queue.Add(message);
        Pump();
    }

    public void SendNickname(string nickname, Action<int> completed)
    {
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        var key = Loop.TransactionIds.Next(id);
        MsrpWriter.WriteNickname(
            session.Connection!.BeginAnswer(), id, session.RemotePathBytes, session.LocalPathBytes, Encoding.UTF8.GetBytes(nickname));
        session.Connection.EndAnswer();
        _transactions[key] = new Transaction(null, completed, Loop.Time.GetTimestamp());
    }

    /// <summary>Writes chunks until something must be waited for: answers, room, or the next turn of the loop.</summary>
    public void Pump()
    {
        var begin = Loop.Arena.Length;
        while (_queue.Count > 0 && session.Connection is { IsClosed: false } connection
            && _transactions.Count < Loop.Options.ChunksInFlight && connection.Backlog < TurnBytes)
        {
            if (Loop.Arena.Length - begin >= TurnBytes)
            {
                PostTurn();
                return;
            }

            _next = _next < _queue.Count ? _next : 0;
            var message = _queue[_next];
            if (!message.IsDone)
            {
                WriteChunk(connection, message);
            }

            if (message.IsDone || message.IsSentWhole)
            {
                _queue.RemoveAt(_next);
            }
            else
            {
                _next++;
            }
        }
    }

    public void OnResponse(in MsrpFrame frame)
    {
        if (!TransactionIds.TryRead(frame.TransactionId, out var key) || !_transactions.Remove(key, out var transaction))
        {
            // Nothing that was asked: clients exist that answer REPORTs.
            return;
        }

        transaction.Nickname?.Invoke(frame.StatusCode);
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

        if (_queue.Count > 0)
        {
            Pump();
        }

        if (frame.StatusCode is 481 or 506)
        {
            session.CloseNow(MsrpCloseReason.SessionRefused);
        }
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
            transaction.Nickname?.Invoke(OutgoingMessage.TimedOut);
            transaction.Message?.Complete(OutgoingMessage.TimedOut);
        }
    }

    public void End()
    {
        foreach (var transaction in _transactions.Values)
        {
            transaction.Nickname?.Invoke(OutgoingMessage.ConnectionLost);
            transaction.Message?.Complete(OutgoingMessage.ConnectionLost);
        }

        _transactions.Clear();
        _queue.ForEach(message => message.Complete(OutgoingMessage.ConnectionLost));
        _queue.Clear();
    }

    private void WriteChunk(MsrpConnection connection, OutgoingMessage message)
    {
        Span<byte> messageId = stackalloc byte[TransactionIds.Length];
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        if (!message.HasBegun)
        {
            message.HasBegun = true;
            message.Id = Loop.TransactionIds.Next(messageId);
        }
        else
        {
            TransactionIds.Write(message.Id, messageId);
        }

        var chunk = message.Body.Span.Slice(message.Sent, Math.Min(message.ChunkSize, message.Body.Length - message.Sent));
        var key = Loop.TransactionIds.NextFor(chunk, id);
        var output = connection.BeginAnswer();
        if (message.IsBinding)
        {
            MsrpWriter.WriteEmptySend(output, id, session.RemotePathBytes, session.LocalPathBytes, messageId);
        }
        else
        {
            var range = new ByteRange(message.Sent + 1, message.Sent + chunk.Length, message.Body.Length);
            message.Sent += chunk.Length;
            MsrpWriter.WriteRequestHead(output, id, "SEND"u8, session.RemotePathBytes, session.LocalPathBytes);
            MsrpWriter.WriteMessageHeaders(output, messageId, range, message.SuccessReport, message.FailureReport);
            MsrpWriter.WriteContent(output, ContentTypeBytes(message.ContentType), chunk, id, message.IsSentWhole ? MsrpFlag.Complete : MsrpFlag.More);
        }

        connection.EndAnswer();
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

    private void PostTurn()
    {
        if (!_isTurnPosted)
        {
            _isTurnPosted = true;
            Loop.Post(() =>
            {
                _isTurnPosted = false;
                Pump();
            });
        }
    }
}
