using System.Buffers;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>What a relay does with the requests of one side: they go on to the other as they come, under that side's paths and an id of ours.</summary>
internal sealed class RelayIntake(RelayRoute route)
{
    private MsrpLoop Loop => route.Loop;

    /// <summary>Takes a SEND or a piece of one, and answers it.</summary>
    public void Take(RelayLeg sender, in MsrpFrame frame)
    {
        sender.Bound!.Respond(frame, Relay(sender, frame));
        Pace(sender);
    }

    /// <summary>
    /// A report goes through to the sender of what it reports on (RFC 4975 section 7.1.2); nobody answers it. One for which there is no room
    /// is dropped.
    /// </summary>
    public void TakeReport(RelayLeg reporter, in MsrpFrame frame)
    {
        if (!frame.IsFirstPiece || reporter.Bound!.DefersContent || reporter.Other is not { Bound: { } session, Connection: { } connection })
        {
            return;
        }

        Span<byte> id = stackalloc byte[TransactionIds.Length];
        Loop.TransactionIds.Next(id);
        MsrpWriter.WriteReport(connection.BeginAnswer(), id, session.RemotePathBytes, session.LocalPathBytes, frame);
        connection.EndAnswer();
        Pace(reporter);
    }

    /// <summary>Tells the other side that what a lost one had begun will not be finished.</summary>
    public void AbortAll(RelayLeg sender)
    {
        for (var i = 0; i < sender.Messages.Count; i++)
        {
            Abort(sender, sender.Messages[i]);
        }

        sender.Messages.Clear();
    }

    private static void Pace(RelayLeg sender)
    {
        if (!sender.IsChoked && !sender.Other.IsBehind)
        {
            return;
        }

        var went = !sender.Bound!.DefersContent;
        sender.Pace();
        sender.Other.Pace();
        if (went && sender.Bound.DefersContent && sender.Other.Connection is { IsBlocked: true } full)
        {
            // Whoever else has something for that connection has no more room than this one.
            full.TellBlocked();
        }
    }

    private MsrpRejection Relay(RelayLeg sender, in MsrpFrame frame)
    {
        var id = new MessageKey(frame.MessageId);
        var message = sender.Messages.Count == 0 ? null : sender.Messages.Find(id);
        if (message is null && (!frame.HasBody || IsHeartbeat(frame.ContentType)))
        {
            return MsrpRejection.None;
        }

        frame.TryGetByteRange(out var range);
        frame.TryGetFailureReport(out var failureReport);
        var rejection = Judge(sender, frame, range, message);
        var headerEnd = message?.HeaderEnd ?? 0;
        if (rejection == MsrpRejection.None && sender.Senders is { } senders && frame.IsFirstPiece)
        {
            rejection = senders.Check(frame, range.Start, message, out headerEnd);
            Refuse(sender, message, rejection);
        }

        // A message whose beginning has not been here may be the rest of one from before; its beginning must not follow as that of another.
        var isHeadless = headerEnd >= CpimHeaderBlock.MaximumLength;

        // What is refused while its beginning may wait is remembered: that must not follow as a message without an end.
        var overtakes = rejection != MsrpRejection.None && range.Start > 1 && sender.Bound!.DefersContent;
        if (message is null && (isHeadless || overtakes || !IsEnd(frame)))
        {
            message = sender.Messages.Open();
            message?.Begin(id, frame.ContentType, failureReport, isRefused: rejection != MsrpRejection.None);
            rejection = message is null && rejection == MsrpRejection.None ? MsrpRejection.TooManyOpenMessages : rejection;
        }

        if (rejection == MsrpRejection.None)
        {
            if (message is not null)
            {
                message.HeaderEnd = headerEnd;
            }

            Forward(sender, frame, id, range, failureReport, message);
        }

        if (message is not null && IsEnd(frame) && !overtakes)
        {
            if (isHeadless && rejection == MsrpRejection.None)
            {
                message.IsEnded = true;
            }
            else if (!message.IsEnded)
            {
                sender.Messages.Close(message);
            }
        }

        return rejection;
    }

    private static bool IsEnd(in MsrpFrame frame) => frame.IsLastPiece && frame.Flag != MsrpFlag.More;

    private static bool IsHeartbeat(ReadOnlySpan<byte> contentType) => contentType.StartsWith("text/x-msrp-heartbeat"u8);

    private MsrpRejection Judge(RelayLeg sender, in MsrpFrame frame, ByteRange range, RelayedMessage? message)
    {
        if (message is { IsRefused: true } or { IsEnded: true })
        {
            return MsrpRejection.StoppedMessage;
        }

        if (sender.Other.Connection is null)
        {
            return MsrpRejection.OtherSideAbsent;
        }

        // There is no room to let it wait, and others would wait with it. What has begun to go on goes on as long as it can.
        if (sender.Bound!.DefersContent && (frame.IsFirstPiece || sender.Other.IsBehind))
        {
            Refuse(sender, message, MsrpRejection.OtherSideSlow);
            return MsrpRejection.OtherSideSlow;
        }

        var limit = route.Options.MaximumMessageSize;
        if (range.Total <= limit && range.Start - 1 <= limit && range.Start - 1 + frame.PieceOffset + frame.Body.Length <= limit)
        {
            return MsrpRejection.None;
        }

        Refuse(sender, message, MsrpRejection.MessageTooLarge);
        return MsrpRejection.MessageTooLarge;
    }

    // What a refused message has come to already, the other side forgets.
    private void Refuse(RelayLeg sender, RelayedMessage? message, MsrpRejection rejection)
    {
        if (message is not null && rejection != MsrpRejection.None)
        {
            Abort(sender, message);
            message.IsRefused = true;
        }
    }

    private void Forward(
        RelayLeg sender, in MsrpFrame frame, in MessageKey messageId, ByteRange range, FailureReport failureReport, RelayedMessage? message)
    {
        var start = range.Start + frame.PieceOffset;
        var end = start - 1 + frame.Body.Length;
        var output = Begin(sender.Other, frame.Body, out var value);
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        TransactionIds.Write(value, id);
        MsrpWriter.WriteMessageHeaders(output, frame.MessageId, new ByteRange(start, end, range.Total), frame.SuccessReport, failureReport);
        if (frame.HasOtherHeaders)
        {
            MsrpWriter.WriteOtherHeaders(output, frame);
        }

        if (frame.HasBody)
        {
            MsrpWriter.WriteContent(output, frame.ContentType, frame.Body, id, frame.Flag);
        }
        else
        {
            MsrpWriter.WriteEndLine(output, id, frame.Flag, afterBody: false);
        }

        sender.Other.Connection!.EndAnswer();
        if (failureReport != FailureReport.No)
        {
            ref var chunk = ref sender.Other.Unanswered.Add(route.Now, failureReport == FailureReport.Partial);
            (chunk.Id, chunk.Start, chunk.Total, chunk.Length, chunk.MessageId) = (value, start, range.Total, frame.Body.Length, messageId);
        }

        Loop.Statistics.Deliveries++;
        Loop.Statistics.MessagesTaken += start == 1 ? 1 : 0;
        if (message is not null)
        {
            message.End = Math.Max(message.End, end);
            message.Total = range.Total;
            Loop.NoteStream(sender.Connection!, frame.Body.Length);
        }
    }

    private void Abort(RelayLeg sender, RelayedMessage message)
    {
        if (message.IsRefused || message.IsEnded || sender.Other.Connection is null)
        {
            return;
        }

        var output = Begin(sender.Other, default, out var value);
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        TransactionIds.Write(value, id);
        var range = new ByteRange(message.End + 1, message.End, message.Total);
        MsrpWriter.WriteMessageHeaders(output, MessageKey.Bytes(message.Id), range, successReport: false, FailureReport.No);
        MsrpWriter.WriteContent(output, message.ContentType, default, id, MsrpFlag.Abort);
        sender.Other.Connection.EndAnswer();
    }

    // "MSRP" SP transact-id SP "SEND" and the paths, with an id that no line of the body can be taken for the end of.
    private MsrpArena Begin(RelayLeg receiver, ReadOnlySpan<byte> body, out ulong value)
    {
        var output = receiver.Connection!.BeginAnswer();
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        value = Loop.TransactionIds.NextFor(body, id, receiver.Unanswered.NextPlace);
        output.Write("MSRP "u8);
        output.Write(id);
        output.Write(" SEND"u8);
        output.Write(receiver.PathLines);
        return output;
    }
}
