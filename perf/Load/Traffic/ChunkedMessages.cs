using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Traffic;

/// <summary>The messages that come to one member in more than one piece. Several may be open at a time; pieces of each come in order.</summary>
internal sealed class ChunkedMessages(TrafficLedger ledger)
{
    /// <summary>More than a room of honest senders opens towards one member at a time, with many senders in a room.</summary>
    private const int MaximumOpen = 1024;

    private readonly List<ChunkedMessage> _open = [];

    public void Take(LoadMember member, in MsrpFrame frame, long readAt)
    {
        if (!frame.TryGetByteRange(out var range))
        {
            ledger.CountDamaged();
            return;
        }

        var message = Find(frame.MessageId);
        var start = range.Start + frame.PieceOffset;
        if (message is null)
        {
            if (start != 1 || _open.Count == MaximumOpen)
            {
                ledger.CountDamaged();
                return;
            }

            _open.Add(message = new ChunkedMessage(frame.MessageId, ledger));
        }

        var isEnd = frame.IsLastPiece && frame.Flag == MsrpFlag.Complete;
        var isAborted = frame.IsLastPiece && frame.Flag == MsrpFlag.Abort;
        if (isAborted || start != message.Received + 1 || !message.Add(frame.Body))
        {
            ledger.CountDamaged();
            Close(message);
        }
        else if (isEnd)
        {
            message.Finish(member, readAt);
            Close(message);
        }
    }

    private ChunkedMessage? Find(ReadOnlySpan<byte> id)
    {
        foreach (var message in _open)
        {
            if (id.SequenceEqual(message.Id))
            {
                return message;
            }
        }

        return null;
    }

    private void Close(ChunkedMessage message)
    {
        _open.Remove(message);
        message.Dispose();
    }
}
