using System.Buffers;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp;

/// <summary>
/// Cuts a byte stream into MSRP frames. A frame is read in place when it is there as a whole; the body of a longer one comes in pieces,
/// so that neither a message nor a chunk is ever collected. One for each connection; it owns memory only inside such a long frame.
/// </summary>
public sealed class MsrpDecoder(MsrpLimits limits)
{
    private readonly MsrpLimits _limits = limits;

    // Of the frame whose body is streaming: its head, copied, and what was read from it.
    private byte[]? _head;
    private bool _isStreaming;
    private int _headLength;
    private int _idStart;
    private int _idLength;
    private MsrpHeaderSlots _slots;
    private MsrpMethod _method;
    private int _statusCode;
    private bool _hasOtherHeaders;
    private long _pieceOffset;

    // No end-line begins before this offset of the unread bytes.
    private int _searched;

    /// <summary>
    /// The largest piece of a frame that is not collected: <see cref="MsrpLimits.Piece"/>, unless the reader of the pieces takes as much as is there.
    /// </summary>
    public int LargestPiece { get; set; } = limits.Piece;

    /// <summary>Whether the next byte belongs to a frame that has begun.</summary>
    public bool IsInsideFrame => _isStreaming;

    /// <summary>
    /// Reads the next frame or piece from the start of <paramref name="buffer"/>.
    /// Complete: <paramref name="consumed"/> bytes are the frame's. NeedMoreData: call again with the same bytes and more behind them,
    /// after releasing the first <paramref name="consumed"/> (stray line ends). Malformed: <paramref name="frame"/> holds what could be
    /// read, for an answer; when the rejection closes the connection, nothing more can be read.
    /// </summary>
    public ParseStatus Read(ReadOnlySpan<byte> buffer, out int consumed, out MsrpFrame frame, out MsrpRejection rejection)
    {
        frame = default;
        rejection = MsrpRejection.None;
        consumed = 0;
        if (_isStreaming)
        {
            return ReadNextPiece(buffer, out consumed, ref frame, out rejection);
        }

        ReleaseHead();
        while (_searched == 0 && buffer[consumed..].StartsWith("\r\n"u8))
        {
            consumed += 2;
        }

        buffer = buffer[consumed..];
        if (buffer.IsEmpty || (buffer.Length == 1 && buffer[0] == '\r'))
        {
            return ParseStatus.NeedMoreData;
        }

        var status = MsrpHead.TryRead(buffer, _limits, ref frame, out var headLength, out var endsFrame, out rejection);
        if (status != ParseStatus.Complete)
        {
            return status;
        }

        frame.IsLastPiece = true;
        if (endsFrame)
        {
            consumed += headLength;
            return ParseStatus.Complete;
        }

        frame.HasBody = true;
        return ReadBody(buffer, headLength, ref consumed, ref frame, out rejection);
    }

    /// <summary>Gives back what a frame that will never end still holds.</summary>
    public void Reset()
    {
        ReleaseHead();
        _isStreaming = false;
        _searched = 0;
    }

    private ParseStatus ReadBody(ReadOnlySpan<byte> buffer, int bodyStart, ref int consumed, ref MsrpFrame frame, out MsrpRejection rejection)
    {
        rejection = MsrpRejection.None;

        // The CRLF of the blank line serves an empty body as the one before its end-line.
        var status = MsrpEndLine.Find(buffer, Math.Max(bodyStart - 2, _searched), frame.TransactionId, out var at, out var flag);
        if (status == ParseStatus.Malformed)
        {
            rejection = MsrpRejection.EndLineMalformed;
            return status;
        }

        if (status == ParseStatus.NeedMoreData && at - bodyStart < _limits.Piece)
        {
            _searched = at;
            return status;
        }

        _searched = 0;
        if (status == ParseStatus.NeedMoreData || at - bodyStart > LargestPiece)
        {
            BeginStreaming(ref frame, buffer[..bodyStart]);
            frame.Body = buffer.Slice(bodyStart, Math.Min(at - bodyStart, LargestPiece));
            EmitPiece(ref frame);
            consumed += bodyStart + frame.Body.Length;
            return ParseStatus.Complete;
        }

        frame.Body = at < bodyStart ? default : buffer[bodyStart..at];
        frame.Flag = flag;
        consumed += at + EndLineLength(frame);
        return status;
    }

    private ParseStatus ReadNextPiece(ReadOnlySpan<byte> buffer, out int consumed, ref MsrpFrame frame, out MsrpRejection rejection)
    {
        rejection = MsrpRejection.None;
        consumed = 0;
        frame.Head = _head.AsSpan(0, _headLength);
        frame.TransactionId = _head.AsSpan(_idStart, _idLength);
        frame.Slots = _slots;
        frame.Method = _method;
        frame.StatusCode = _statusCode;
        frame.HasBody = true;
        frame.HasOtherHeaders = _hasOtherHeaders;
        frame.PieceOffset = _pieceOffset;

        var status = MsrpEndLine.Find(buffer, _searched, frame.TransactionId, out var at, out var flag);
        if (status == ParseStatus.Malformed)
        {
            rejection = MsrpRejection.EndLineMalformed;
            return status;
        }

        if (status == ParseStatus.NeedMoreData && at < _limits.Piece)
        {
            _searched = at;
            return status;
        }

        _searched = 0;
        if (at > LargestPiece)
        {
            frame.Body = buffer[..LargestPiece];
            EmitPiece(ref frame);
            consumed = LargestPiece;
            return ParseStatus.Complete;
        }

        frame.Body = buffer[..at];
        if (status == ParseStatus.NeedMoreData)
        {
            EmitPiece(ref frame);
            consumed = at;
            return ParseStatus.Complete;
        }

        frame.Flag = flag;
        frame.IsLastPiece = true;
        consumed = at + EndLineLength(frame);
        _isStreaming = false;
        return ParseStatus.Complete;
    }

    private static int EndLineLength(in MsrpFrame frame) =>
        MsrpEndLine.MaximumLength - MsrpGrammar.IdentMaximum + frame.TransactionId.Length;

    private void BeginStreaming(ref MsrpFrame frame, ReadOnlySpan<byte> head)
    {
        _isStreaming = true;
        _head = ArrayPool<byte>.Shared.Rent(head.Length);
        head.CopyTo(_head);
        _headLength = frame.Head.Length;
        _idStart = "MSRP ".Length;
        _idLength = frame.TransactionId.Length;
        _slots = frame.Slots;
        _method = frame.Method;
        _statusCode = frame.StatusCode;
        _hasOtherHeaders = frame.HasOtherHeaders;
        _pieceOffset = 0;
    }

    private void EmitPiece(ref MsrpFrame frame)
    {
        frame.Flag = MsrpFlag.More;
        frame.IsLastPiece = false;
        _pieceOffset += frame.Body.Length;
    }

    // The last piece still shows the head: it goes back with the next call, when that piece is used up.
    private void ReleaseHead()
    {
        if (_head is not null)
        {
            ArrayPool<byte>.Shared.Return(_head);
            _head = null;
        }
    }
}
