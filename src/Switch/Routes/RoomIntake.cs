using System.Buffers;
using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>
/// What a room does with a SEND: the first chunk of a message is checked (who says it, to whom, how long), every chunk is rendered once
/// into the loop's arena, and the room delivers it at the flush.
/// </summary>
internal sealed class RoomIntake(RoomRoute room)
{
    private readonly byte[] _roomUriBytes = Encoding.UTF8.GetBytes(room.RoomUri);

    private MsrpLoop Loop => room.Loop;

    /// <summary>Takes a frame or a piece of one, and answers it.</summary>
    public void Take(RoomMember sender, in MsrpFrame frame)
    {
        var open = sender.Open.Count == 0 ? null : sender.FindOpen(frame.MessageId);
        if (open is null && (!frame.HasBody || IsHeartbeat(frame.ContentType)))
        {
            sender.Session.Respond(frame);
            return;
        }

        frame.TryGetByteRange(out var range);
        var rejection = open is null ? Begin(sender, frame, range) : Continue(sender, frame, range, open);
        sender.Session.Respond(frame, rejection);
        if (rejection == MsrpRejection.None && IsEnd(frame) && frame.SuccessReport)
        {
            sender.Session.Report(frame.MessageId, range.Start - 1 + frame.PieceOffset + frame.Body.Length, MsrpRejection.None);
        }
    }

    /// <summary>Tells the members that what a gone sender had begun will not be finished.</summary>
    public void AbortAll(RoomMember sender)
    {
        foreach (var open in sender.Open)
        {
            Abort(sender, open);
        }

        sender.Open.Clear();
    }

    private static bool IsEnd(in MsrpFrame frame) => frame.IsLastPiece && frame.Flag == MsrpFlag.Complete;

    private static bool IsHeartbeat(ReadOnlySpan<byte> contentType) => contentType.StartsWith("text/x-msrp-heartbeat"u8);

    private MsrpRejection Begin(RoomMember sender, in MsrpFrame frame, ByteRange range)
    {
        if (frame.IsLastPiece && frame.Flag == MsrpFlag.Abort)
        {
            return MsrpRejection.None;
        }

        if (range.Start != 1 || !frame.IsFirstPiece)
        {
            // The rest of a message that was refused, or that began before this session was bound.
            return MsrpRejection.StoppedMessage;
        }

        if (!IsCpim(frame.ContentType))
        {
            return MsrpRejection.ContentNotSupported;
        }

        if (Math.Max(range.Total, frame.Body.Length) > room.Options.MaximumMessageSize)
        {
            return MsrpRejection.MessageTooLarge;
        }

        var status = CpimHeaderBlock.Scan(frame.Body, out var block);
        if (status == ParseStatus.Malformed || (status == ParseStatus.NeedMoreData && IsEnd(frame)))
        {
            return MsrpRejection.CpimMalformed;
        }

        if (IsEnd(frame))
        {
            var rejection = Authorize(sender, block, frame.Body, out var only, out var isReceipt);
            if (rejection == MsrpRejection.None)
            {
                TakeWhole(sender, frame, only, isReceipt, block, Unnamed(sender, frame.Body, block));
            }

            return rejection;
        }

        return BeginLong(sender, frame, range, status, block);
    }

    private MsrpRejection BeginLong(RoomMember sender, in MsrpFrame frame, ByteRange range, ParseStatus status, CpimHeaderBlock block)
    {
        if (sender.Open.Count >= room.Options.MaximumOpenMessages)
        {
            return MsrpRejection.TooManyOpenMessages;
        }

        if (range.Total >= 0 && frame.Body.Length > range.Total)
        {
            return MsrpRejection.ChunkOutOfOrder;
        }

        var open = new OpenMessage(frame.MessageId.ToArray())
        {
            Total = range.Total,
            ContentType = frame.ContentType.ToArray(),
            Next = 1 + frame.Body.Length,
        };
        if (status == ParseStatus.NeedMoreData || HidesWrappedType(sender, block, frame.Body))
        {
            // Less than the largest header block: a longer beginning without a blank line is malformed.
            open.Held = frame.Body.ToArray();
        }
        else
        {
            var rejection = Admit(sender, open, block, frame.Body);
            if (rejection != MsrpRejection.None)
            {
                return rejection;
            }

            RenderFirst(sender, frame, open, frame.Body, block);
        }

        sender.Open.Add(open);
        return MsrpRejection.None;
    }

    private MsrpRejection Continue(RoomMember sender, in MsrpFrame frame, ByteRange range, OpenMessage open)
    {
        if (frame.IsLastPiece && frame.Flag == MsrpFlag.Abort)
        {
            Drop(sender, open);
            return MsrpRejection.None;
        }

        var start = open.Next;
        var next = start + frame.Body.Length;
        var rejection = MsrpRejection.None;
        if (range.Start + frame.PieceOffset != start || !open.AgreesOnTotal(range.Total) || (open.Total >= 0 && next - 1 > open.Total))
        {
            rejection = MsrpRejection.ChunkOutOfOrder;
        }
        else if (Math.Max(next - 1, range.Total) > room.Options.MaximumMessageSize)
        {
            rejection = MsrpRejection.MessageTooLarge;
        }
        else if (open.Held is not null)
        {
            rejection = ContinueHeld(sender, frame, open);
        }
        else
        {
            Render(sender, frame, open, frame.Body, start + open.Shift);
        }

        if (rejection != MsrpRejection.None)
        {
            Drop(sender, open);
            return rejection;
        }

        open.Next = next;
        if (IsEnd(frame))
        {
            sender.Open.Remove(open);
        }

        return rejection;
    }

    // The CPIM headers straddle chunks: nothing is passed on before they are known.
    private MsrpRejection ContinueHeld(RoomMember sender, in MsrpFrame frame, OpenMessage open)
    {
        open.Held = [.. open.Held!, .. frame.Body];
        var held = open.Held;
        var status = CpimHeaderBlock.Scan(held, out var block);
        if (!IsEnd(frame) && (status == ParseStatus.NeedMoreData || (status == ParseStatus.Complete && HidesWrappedType(sender, block, held))))
        {
            return MsrpRejection.None;
        }

        if (status != ParseStatus.Complete)
        {
            return MsrpRejection.CpimMalformed;
        }

        var rejection = Admit(sender, open, block, held);
        if (rejection == MsrpRejection.None)
        {
            open.Held = null;
            RenderFirst(sender, frame, open, held, block);
        }

        return rejection;
    }

    private MsrpRejection Admit(RoomMember sender, OpenMessage open, CpimHeaderBlock block, ReadOnlySpan<byte> body)
    {
        var rejection = Authorize(sender, block, body, out var only, out var isReceipt);
        open.Only = only;
        open.IsReceipt = isReceipt;
        open.Sequence = room.NextSequence();
        open.OutgoingId = Loop.TransactionIds.Next(stackalloc byte[TransactionIds.Length]);
        open.WrappedType = WrappedType(block, body);
        open.Size = Math.Max(open.Total, 0);
        Loop.Statistics.MessagesTaken += rejection == MsrpRejection.None ? 1 : 0;
        return rejection;
    }

    /// <summary>
    /// From must be the sender, To the room or one participant (RFC 7701 sections 5 and 6). A receipt goes to a participant who takes no
    /// private messages, too: he has asked for it.
    /// </summary>
    private MsrpRejection Authorize(RoomMember sender, CpimHeaderBlock block, ReadOnlySpan<byte> body, out Participant? only, out bool isReceipt)
    {
        only = null;
        isReceipt = false;
        if (block.FromCount != 1 || !IsSender(sender, block.FromUri))
        {
            return MsrpRejection.SenderMismatch;
        }

        if (block.ToCount != 1)
        {
            return block.ToCount == 0 ? MsrpRejection.CpimMalformed : MsrpRejection.SeveralRecipients;
        }

        // A receipt names its sender in its body (RFC 5438 section 7.2.1.1), which is passed on as it is.
        isReceipt = WrappedTypes.IsReceipt(body[block.Length..]);
        if (isReceipt && sender.FromLine is not null)
        {
            return MsrpRejection.ReceiptNamesUnnamed;
        }

        if (IsAddress(block.ToUri, _roomUriBytes, room.RoomUri))
        {
            isReceipt = false;
            return MsrpRejection.None;
        }

        only = SipUri.TryParse(block.ToUri, out var to) ? room.FindParticipant(to.Aor) : null;
        if (only is null)
        {
            return MsrpRejection.RecipientUnknown;
        }

        return room.Options.PrivateMessages && (isReceipt || only.TakesPrivateMessages)
            ? MsrpRejection.None
            : MsrpRejection.PrivateMessagesNotSupported;
    }

    // Who says no name may write his own, which nobody else will see, his pseudonym, or the address of all who say none.
    private static bool IsSender(RoomMember sender, ReadOnlySpan<byte> from) =>
        IsAddress(from, sender.AorBytes, sender.Aor)
        || (sender.FromLine is not null && (from.SequenceEqual("sip:anonymous@anonymous.invalid"u8) || from.SequenceEqual(sender.ShownBytes)));

    /// <summary>The body with the pseudonym of a sender who says no name; otherwise as it is.</summary>
    private static ReadOnlySpan<byte> Unnamed(RoomMember sender, ReadOnlySpan<byte> body, CpimHeaderBlock block)
    {
        if (sender.FromLine is not { } line)
        {
            return body;
        }

        body.Overlaps(block.FromUri, out var address);
        var start = body[..address].LastIndexOf((byte)'\n') + 1;
        var end = address + body[address..].IndexOf((byte)'\n') + 1;
        return (byte[])[.. body[..start], .. line, .. body[end..]];
    }

    private static bool IsAddress(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> expected, string expectedAor) =>
        uri.SequenceEqual(expected)
        || (SipUri.TryParse(uri, out var parsed) && string.Equals(parsed.Aor, expectedAor, StringComparison.Ordinal));

    private static bool IsCpim(ReadOnlySpan<byte> contentType)
    {
        var parameters = contentType.IndexOf((byte)';');
        var type = parameters < 0 ? contentType : contentType[..parameters].TrimEnd((byte)' ');
        return Ascii.EqualsIgnoreCase(type, "message/cpim"u8);
    }

    // Whether somebody wants to know the wrapped type, and the header that names it may still be on its way.
    private bool HidesWrappedType(RoomMember sender, CpimHeaderBlock block, ReadOnlySpan<byte> body) =>
        (room.HasRestrictedMembers || sender.FromLine is not null) && body.Length < CpimHeaderBlock.MaximumLength && !WrappedTypes.CanRead(body[block.Length..]);

    private string? WrappedType(CpimHeaderBlock block, ReadOnlySpan<byte> body) =>
        room.HasRestrictedMembers ? WrappedTypes.Read(body[block.Length..]) : null;

    private void TakeWhole(RoomMember sender, in MsrpFrame frame, Participant? only, bool isReceipt, CpimHeaderBlock block, ReadOnlySpan<byte> body)
    {
        Loop.Statistics.MessagesTaken++;
        Span<byte> messageId = stackalloc byte[TransactionIds.Length];
        Loop.TransactionIds.Next(messageId);
        var delivery = new Delivery
        {
            Sender = sender,
            Only = only,
            IsReceipt = isReceipt,
            Sequence = room.NextSequence(),
            WrappedType = WrappedType(block, frame.Body),
            Size = body.Length,
        };
        var range = new ByteRange(1, body.Length, body.Length);
        Render(ref delivery, frame, messageId, frame.ContentType, range, body, MsrpFlag.Complete);
    }

    private void RenderFirst(RoomMember sender, in MsrpFrame frame, OpenMessage open, ReadOnlySpan<byte> body, CpimHeaderBlock block)
    {
        var unnamed = Unnamed(sender, body, block);
        open.Shift = unnamed.Length - body.Length;
        open.Size += open.Size > 0 ? open.Shift : 0;
        Render(sender, frame, open, unnamed, 1);
    }

    private void Render(RoomMember sender, in MsrpFrame frame, OpenMessage open, ReadOnlySpan<byte> body, long start)
    {
        var end = start - 1 + body.Length;
        var range = new ByteRange(start, end, IsEnd(frame) ? end : open.Total < 0 ? open.Total : open.Total + open.Shift);
        Render(sender, frame, open, body, range, IsEnd(frame) ? MsrpFlag.Complete : MsrpFlag.More);
    }

    private void Render(RoomMember sender, in MsrpFrame frame, OpenMessage open, ReadOnlySpan<byte> body, ByteRange range, MsrpFlag flag)
    {
        Span<byte> messageId = stackalloc byte[TransactionIds.Length];
        TransactionIds.Write(open.OutgoingId, messageId);
        var delivery = new Delivery
        {
            Sender = sender,
            Only = open.Only,
            IsReceipt = open.IsReceipt,
            Sequence = open.Sequence,
            WrappedType = open.WrappedType,
            Size = open.Size,
            IsStream = true,
        };
        Render(ref delivery, frame, messageId, open.ContentType, range, body, flag);
    }

    // Start line, then, where the paths of each member go between, everything from Message-ID to the end-line.
    private void Render(
        ref Delivery delivery, in MsrpFrame frame, ReadOnlySpan<byte> messageId, ReadOnlySpan<byte> contentType, ByteRange range,
        ReadOnlySpan<byte> body, MsrpFlag flag)
    {
        var arena = Loop.Arena;
        delivery.Start = arena.Length;
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        Loop.TransactionIds.NextFor(body, id);
        arena.Write("MSRP "u8);
        arena.Write(id);
        arena.Write(" SEND"u8);
        MsrpWriter.WriteMessageHeaders(arena, messageId, range, successReport: false, room.Options.FailureReport);
        if (frame.HasOtherHeaders)
        {
            MsrpWriter.WriteOtherHeaders(arena, frame);
        }

        MsrpWriter.WriteContent(arena, contentType, body, id, flag);
        delivery.Length = arena.Length - delivery.Start;
        room.Note(delivery);
    }

    private void Drop(RoomMember sender, OpenMessage open)
    {
        Abort(sender, open);
        sender.Open.Remove(open);
    }

    private void Abort(RoomMember sender, OpenMessage open)
    {
        if (open.Held is null)
        {
            var next = open.Next + open.Shift;
            Render(sender, default, open, default, new ByteRange(next, next - 1, open.Total < 0 ? open.Total : open.Total + open.Shift), MsrpFlag.Abort);
        }
    }
}
