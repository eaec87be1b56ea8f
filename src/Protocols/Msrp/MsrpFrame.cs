using System.Text;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Protocols.Msrp;

/// <summary>
/// One MSRP frame, or one piece of a frame whose body is still arriving, seen in place: valid only until the bytes that it was read
/// from are released. Nothing here owns memory; typed values are read when they are asked for.
/// </summary>
public ref struct MsrpFrame
{
    internal MsrpHeaderSlots Slots;

    /// <summary>Start line and headers up to the blank line or end-line.</summary>
    public ReadOnlySpan<byte> Head { get; internal set; }

    public MsrpMethod Method { get; internal set; }

    /// <summary>The status code of a response, 0 for a request.</summary>
    public int StatusCode { get; internal set; }

    public ReadOnlySpan<byte> TransactionId { get; internal set; }

    /// <summary>Whether the frame has a body part at all; a body may also be empty.</summary>
    public bool HasBody { get; internal set; }

    public ReadOnlySpan<byte> Body { get; internal set; }

    /// <summary>The end-line's flag; of a piece that is not the last one <see cref="MsrpFlag.More"/>.</summary>
    public MsrpFlag Flag { get; internal set; }

    /// <summary>Bytes of this frame's body that earlier pieces held; 0 for a whole frame.</summary>
    public long PieceOffset { get; internal set; }

    /// <summary>Whether this is the end of the frame: true for a whole frame and for the last piece.</summary>
    public bool IsLastPiece { get; internal set; }

    /// <summary>Whether headers are present that must be passed on as they are: other MIME headers and unknown ones.</summary>
    public bool HasOtherHeaders { get; internal set; }

    public readonly bool IsRequest => Method != MsrpMethod.Response;

    public readonly bool IsFirstPiece => PieceOffset == 0;

    public readonly ReadOnlySpan<byte> ToPath => this[MsrpHeaderId.ToPath];

    public readonly ReadOnlySpan<byte> FromPath => this[MsrpHeaderId.FromPath];

    public readonly ReadOnlySpan<byte> MessageId => this[MsrpHeaderId.MessageId];

    public readonly ReadOnlySpan<byte> ContentType => this[MsrpHeaderId.ContentType];

    public readonly ReadOnlySpan<byte> Status => this[MsrpHeaderId.Status];

    public readonly ReadOnlySpan<byte> UseNickname => this[MsrpHeaderId.UseNickname];

    public readonly bool SuccessReport => Ascii.EqualsIgnoreCase(this[MsrpHeaderId.SuccessReport], "yes"u8);

    /// <summary>The value of the header, empty when it is absent.</summary>
    public readonly ReadOnlySpan<byte> this[MsrpHeaderId id]
    {
        get
        {
            var (start, length) = Slots.Get(id);
            return Head.Slice(start, length);
        }
    }

    public readonly bool Contains(MsrpHeaderId id) => Slots.Contains(id);

    /// <summary>The Failure-Report header; false when its value is none of the three. Absent means <c>yes</c>.</summary>
    public readonly bool TryGetFailureReport(out FailureReport report)
    {
        report = FailureReport.Yes;
        var value = this[MsrpHeaderId.FailureReport];
        if (!Contains(MsrpHeaderId.FailureReport) || Ascii.EqualsIgnoreCase(value, "yes"u8))
        {
            return true;
        }

        report = Ascii.EqualsIgnoreCase(value, "no"u8) ? FailureReport.No : FailureReport.Partial;
        return report == FailureReport.No || Ascii.EqualsIgnoreCase(value, "partial"u8);
    }

    /// <summary>The Byte-Range header; an absent one reads as 1-*/*, malformed as false (RFC 4975 section 7.1.1).</summary>
    public readonly bool TryGetByteRange(out ByteRange range)
    {
        if (!Contains(MsrpHeaderId.ByteRange))
        {
            range = new ByteRange(1, -1, -1);
            return true;
        }

        return ByteRange.TryParse(this[MsrpHeaderId.ByteRange], out range);
    }
}
