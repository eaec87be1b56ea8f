using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>
/// What a relay owes the sender of a chunk that it has answered 200 already: a failure report when the far side refuses it, does not answer
/// or is lost (RFC 4975 section 7.1.2, RFC 4976 section 6.4).
/// </summary>
internal sealed class RelayFailures(RelayRoute route)
{
    private const int TimedOut = 408;

    private MsrpLoop Loop => route.Loop;

    /// <summary>Takes an answer of <paramref name="leg"/>; false when it was sent nothing of the kind, or too long ago.</summary>
    public bool TryTakeAnswer(RelayLeg leg, ReadOnlySpan<byte> transactionId, int statusCode)
    {
        var wasFull = leg.Unanswered.IsFull;
        if (!TransactionIds.TryRead(transactionId, out var id) || !leg.Unanswered.TryTake(id, out var chunk, out var isOldest))
        {
            return false;
        }

        leg.Progress = isOldest ? route.Now : leg.Progress;
        if (statusCode is < 200 or >= 300)
        {
            Report(leg.Other, chunk, statusCode);
        }

        if (wasFull)
        {
            leg.Other.Pace();
        }

        return true;
    }

    /// <summary>Reports what has not been answered in time. While a side is slow, or is not read itself, it cannot be late.</summary>
    public void Sweep(RelayLeg leg)
    {
        if (leg.MayBeLate)
        {
            leg.Progress = route.Now;
            return;
        }

        var limit = route.Now - (int)route.Options.AnswerTimeout.TotalSeconds;
        while (leg.Unanswered.TryTakeOverdue(limit, leg.Progress, out var chunk))
        {
            if (!UnansweredChunks.IsPartial(chunk))
            {
                Report(leg.Other, chunk, TimedOut);
            }
        }

        leg.Other.Pace();
    }

    /// <summary>Reports what was on its way to a leg that is lost: every message once. What is still to come of it is refused from now on.</summary>
    public void ReportLoss(RelayLeg lost)
    {
        var sender = lost.Other;
        UnansweredChunk failed = default;
        var (first, last) = (0L, 0L); // together they may be longer than any chunk
        while (lost.Unanswered.TryTakeOldest(out var chunk))
        {
            if (UnansweredChunks.IsPartial(chunk) || sender.Messages.Find(chunk.MessageId) is { IsEnded: false })
            {
                continue;
            }

            if (failed.Id != 0 && MessageKey.Equals(failed.MessageId, chunk.MessageId))
            {
                (first, last) = (Math.Min(first, chunk.Start), Math.Max(last, End(chunk)));
                continue;
            }

            ReportIfAny(sender, failed, first, last);
            (failed, first, last) = (chunk, chunk.Start, End(chunk));
        }

        ReportIfAny(sender, failed, first, last);
        for (var i = 0; i < sender.Messages.Count; i++)
        {
            var message = sender.Messages[i];
            if (!message.IsRefused && !message.IsEnded && message.FailureReport != FailureReport.No)
            {
                Report(sender, message.Id, new ByteRange(1, message.End, message.Total), TimedOut);
            }

            message.IsRefused = true;
        }
    }

    private static long End(in UnansweredChunk chunk) => chunk.Start - 1 + chunk.Length;

    private void ReportIfAny(RelayLeg sender, in UnansweredChunk chunk, long first, long last)
    {
        if (chunk.Id != 0)
        {
            Report(sender, chunk.MessageId, new ByteRange(first, last, chunk.Total), TimedOut);
        }
    }

    private void Report(RelayLeg sender, in UnansweredChunk chunk, int statusCode) =>
        Report(sender, chunk.MessageId, new ByteRange(chunk.Start, End(chunk), chunk.Total), statusCode);

    private void Report(RelayLeg sender, in MessageKey messageId, ByteRange range, int statusCode)
    {
        if (sender is not { Bound: { } session, Connection: { } connection })
        {
            return;
        }

        Span<byte> id = stackalloc byte[TransactionIds.Length];
        Loop.TransactionIds.Next(id);
        MsrpWriter.WriteReport(
            connection.BeginAnswer(), id, session.RemotePathBytes, session.LocalPathBytes, MessageKey.Bytes(messageId), range, statusCode,
            statusCode == TimedOut ? "Not answered"u8 : "Refused"u8);
        connection.EndAnswer();
    }
}
