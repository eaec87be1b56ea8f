using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Switch.Relay;

/// <summary>
/// Whom the messages of one side may claim to be from (RFC 3862): a recipient is shown that. It is looked at once for each message, in its
/// beginning, which has to hold all of the CPIM headers, and which no later chunk may overwrite.
/// </summary>
internal sealed class CpimSenders(SenderRule rule)
{
    // Who was in order last: nearly always the only one.
    private byte[] _known = [];

    /// <summary>Judges a SEND or its first piece.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="start">The first byte of its range, from 1.</param>
    /// <param name="message">Its message, if that is open.</param>
    /// <param name="headerEnd">The last byte that only the beginning may write; 0 for content that is no message/cpim.</param>
    public MsrpRejection Check(in MsrpFrame frame, long start, RelayedMessage? message, out long headerEnd)
    {
        headerEnd = message?.HeaderEnd ?? 0;
        if (!frame.HasBody)
        {
            return MsrpRejection.None;
        }

        var isCpim = IsCpim(frame.ContentType);
        if (message is not null && isCpim != message.HeaderEnd > 0)
        {
            return MsrpRejection.ChunkOutOfOrder;
        }

        if (!isCpim)
        {
            return MsrpRejection.None;
        }

        if (start == 1)
        {
            return CheckBeginning(frame.Body, out headerEnd);
        }

        headerEnd = message?.HeaderEnd ?? CpimHeaderBlock.MaximumLength;
        return start > headerEnd ? MsrpRejection.None : MsrpRejection.ChunkOutOfOrder;
    }

    private static bool IsCpim(ReadOnlySpan<byte> contentType)
    {
        var type = "message/cpim"u8;
        return contentType.Length >= type.Length && Ascii.EqualsIgnoreCase(contentType[..type.Length], type)
            && (contentType.Length == type.Length || contentType[type.Length] is (byte)';' or (byte)' ' or (byte)'\t');
    }

    private MsrpRejection CheckBeginning(ReadOnlySpan<byte> body, out long headerEnd)
    {
        headerEnd = CpimHeaderBlock.MaximumLength;
        if (CpimHeaderBlock.Scan(body, out var block) != ParseStatus.Complete || block.FromCount > 1)
        {
            return MsrpRejection.CpimMalformed;
        }

        headerEnd = block.Length;
        if (!block.FromUri.SequenceEqual(_known))
        {
            if (!rule(block.FromUri))
            {
                return MsrpRejection.SenderMismatch;
            }

            _known = block.FromUri.ToArray();
        }

        return MsrpRejection.None;
    }
}
