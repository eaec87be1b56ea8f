using System.Text.Unicode;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp;

/// <summary>Reads what stands before the body: start line and headers (RFC 4975 section 9).</summary>
internal static class MsrpHead
{
    private static ReadOnlySpan<byte> Hyphens => "-------"u8;

    /// <param name="endsFrame">Whether the headers ended with the end-line: the frame has no body.</param>
    /// <param name="length">Bytes up to and including the blank line or end-line.</param>
    public static ParseStatus TryRead(
        ReadOnlySpan<byte> buffer, MsrpLimits limits, ref MsrpFrame frame, out int length, out bool endsFrame, out MsrpRejection rejection)
    {
        length = 0;
        endsFrame = false;
        var status = ReadStartLine(buffer, limits, ref frame, out var at, out rejection);
        for (var count = 0; status == ParseStatus.Complete; count++)
        {
            frame.Head = buffer[..at];
            var line = buffer[at..];
            var end = line.IndexOf((byte)'\n');
            if (end < 0 || at + end >= limits.HeaderBlock)
            {
                return buffer.Length >= limits.HeaderBlock
                    ? Refuse(MsrpRejection.HeaderBlockTooLong, out rejection)
                    : ParseStatus.NeedMoreData;
            }

            if (end == 0 || line[end - 1] != '\r')
            {
                return Refuse(MsrpRejection.HeaderMalformed, out rejection);
            }

            length = at + end + 1;
            line = line[..(end - 1)];
            if (line.IsEmpty || line.StartsWith(Hyphens))
            {
                endsFrame = !line.IsEmpty;
                return Finish(line, ref frame, out rejection);
            }

            if (count == limits.Headers)
            {
                return Refuse(MsrpRejection.TooManyHeaders, out rejection);
            }

            rejection = ReadHeader(line, at, count, ref frame);
            status = rejection == MsrpRejection.None ? ParseStatus.Complete : ParseStatus.Malformed;
            at = length;
        }

        return status;
    }

    // req-start  = "MSRP" SP transact-id SP method CRLF
    // resp-start = "MSRP" SP transact-id SP status-code [SP comment] CRLF
    private static ParseStatus ReadStartLine(
        ReadOnlySpan<byte> buffer, MsrpLimits limits, ref MsrpFrame frame, out int length, out MsrpRejection rejection)
    {
        rejection = MsrpRejection.None;
        length = 0;
        var known = Math.Min(buffer.Length, 5);
        if (!buffer[..known].SequenceEqual("MSRP "u8[..known]))
        {
            return Refuse(MsrpRejection.StartLineMalformed, out rejection);
        }

        var status = ReadTransactionId(buffer[known..], ref frame, out rejection);
        if (status != ParseStatus.Complete)
        {
            return status;
        }

        var end = buffer[..Math.Min(buffer.Length, limits.StartLine)].IndexOf((byte)'\n');
        if (end < 0)
        {
            return buffer.Length >= limits.StartLine ? Refuse(MsrpRejection.StartLineTooLong, out rejection) : ParseStatus.NeedMoreData;
        }

        length = end + 1;
        var rest = buffer[(known + frame.TransactionId.Length + 1)..end];
        return rest is [.. var text, (byte)'\r'] && !text.ContainsAny(MsrpGrammar.Forbidden) && ReadMethod(text, ref frame)
            ? ParseStatus.Complete
            : Refuse(MsrpRejection.StartLineMalformed, out rejection);
    }

    // Judged as soon as it can be, whatever stands behind it: no more than one is kept of a start line that does not end.
    private static ParseStatus ReadTransactionId(ReadOnlySpan<byte> text, ref MsrpFrame frame, out MsrpRejection rejection)
    {
        rejection = MsrpRejection.None;
        var end = text[..Math.Min(text.Length, MsrpGrammar.IdentMaximum + 1)].IndexOfAny((byte)' ', (byte)'\n');
        if (end < 0)
        {
            return text.Length > MsrpGrammar.IdentMaximum ? Refuse(MsrpRejection.TransactionIdMalformed, out rejection) : ParseStatus.NeedMoreData;
        }

        if (text[end] == '\n')
        {
            return Refuse(MsrpRejection.StartLineMalformed, out rejection);
        }

        if (!MsrpGrammar.IsIdent(text[..end]))
        {
            return Refuse(MsrpRejection.TransactionIdMalformed, out rejection);
        }

        frame.TransactionId = text[..end];
        return ParseStatus.Complete;
    }

    private static bool ReadMethod(ReadOnlySpan<byte> text, ref MsrpFrame frame)
    {
        if (text.Length >= 3 && Digits.TryParse(text[..3], out var code) && (text.Length == 3 || text[3] == ' '))
        {
            frame.Method = MsrpMethod.Response;
            frame.StatusCode = (int)code;
            return true;
        }

        frame.Method = text switch
        {
            _ when text.SequenceEqual("SEND"u8) => MsrpMethod.Send,
            _ when text.SequenceEqual("REPORT"u8) => MsrpMethod.Report,
            _ when text.SequenceEqual("NICKNAME"u8) => MsrpMethod.Nickname,
            _ when text.SequenceEqual("AUTH"u8) => MsrpMethod.Auth,
            _ => MsrpMethod.Unknown,
        };
        return !text.IsEmpty && !text.ContainsAnyExcept(MsrpGrammar.Method);
    }

    // header = ext-header / ... = hname ":" SP hval CRLF; a missing space and trailing blanks are met in the field.
    private static MsrpRejection ReadHeader(ReadOnlySpan<byte> line, int at, int index, ref MsrpFrame frame)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(Grammar.Token) || line.ContainsAny(MsrpGrammar.Forbidden) || !Utf8.IsValid(line))
        {
            return MsrpRejection.HeaderMalformed;
        }

        var id = MsrpHeaderNames.Lookup(line[..colon]);
        if (index < 2 && id != (index == 0 ? MsrpHeaderId.ToPath : MsrpHeaderId.FromPath))
        {
            return index == 0 ? MsrpRejection.ToPathNotFirst : MsrpRejection.FromPathNotSecond;
        }

        var value = line[(colon + 1)..];
        var start = at + colon + 1 + value.Length - value.TrimStart(" \t"u8).Length;
        frame.HasOtherHeaders |= IsPassedOn(id);
        return id == MsrpHeaderId.Unknown || frame.Slots.TrySet(id, start, value.Trim(" \t"u8).Length)
            ? MsrpRejection.None
            : MsrpRejection.DuplicateHeader;
    }

    /// <summary>Headers that describe the content or are unknown go on unread; all others belong to the hop.</summary>
    internal static bool IsPassedOn(MsrpHeaderId id) => id
        is MsrpHeaderId.Unknown
        or MsrpHeaderId.ContentId
        or MsrpHeaderId.ContentDescription
        or MsrpHeaderId.ContentDisposition;

    // end-line = "-------" transact-id continuation-flag CRLF
    private static ParseStatus Finish(ReadOnlySpan<byte> line, ref MsrpFrame frame, out MsrpRejection rejection)
    {
        rejection = frame.Contains(MsrpHeaderId.ToPath) ? MsrpRejection.None : MsrpRejection.ToPathNotFirst;
        if (rejection == MsrpRejection.None && !frame.Contains(MsrpHeaderId.FromPath))
        {
            rejection = MsrpRejection.FromPathNotSecond;
        }

        if (rejection == MsrpRejection.None && !line.IsEmpty)
        {
            rejection = ReadEndLine(line[Hyphens.Length..], ref frame);
        }

        return rejection == MsrpRejection.None ? ParseStatus.Complete : ParseStatus.Malformed;
    }

    private static MsrpRejection ReadEndLine(ReadOnlySpan<byte> line, ref MsrpFrame frame)
    {
        if (line.Length != frame.TransactionId.Length + 1 || !line.StartsWith(frame.TransactionId)
            || line[^1] is not ((byte)MsrpFlag.Complete or (byte)MsrpFlag.More or (byte)MsrpFlag.Abort))
        {
            return MsrpRejection.EndLineMalformed;
        }

        frame.Flag = (MsrpFlag)line[^1];
        return MsrpRejection.None;
    }

    private static ParseStatus Refuse(MsrpRejection reason, out MsrpRejection rejection)
    {
        rejection = reason;
        return ParseStatus.Malformed;
    }
}
