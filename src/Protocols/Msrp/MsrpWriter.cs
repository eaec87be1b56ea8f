using System.Buffers;
using System.Buffers.Text;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Protocols.Msrp;

/// <summary>Writes MSRP frames, one method for each kind (RFC 4975 section 9). Paths and ids are written as they are given.</summary>
public static class MsrpWriter
{
    /// <summary>The answer to a request: <paramref name="toPath"/> is where the request came from, <paramref name="fromPath"/> its own To-Path.</summary>
    public static void WriteResponse(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, int statusCode, ReadOnlySpan<byte> comment,
        ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath)
    {
        output.Write("MSRP "u8);
        output.Write(transactionId);
        output.Write(" "u8);
        WriteNumber(output, statusCode);
        output.Write(" "u8);
        output.Write(comment);
        WritePaths(output, toPath, fromPath);
        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>A REPORT on the whole message (RFC 4975 section 7.1.2); it is never answered and never asks for reports.</summary>
    public static void WriteReport(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath,
        ReadOnlySpan<byte> messageId, ByteRange range, int statusCode, ReadOnlySpan<byte> comment)
    {
        WriteRequestHead(output, transactionId, "REPORT"u8, toPath, fromPath);
        WriteHeader(output, "Message-ID: "u8, messageId);
        WriteByteRange(output, range);
        output.Write("Status: 000 "u8);
        WriteNumber(output, statusCode);
        output.Write(" "u8);
        output.Write(comment);
        output.Write("\r\n"u8);
        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>Passes a REPORT on: what it says is kept, its paths and transaction id are those of the next hop.</summary>
    public static void WriteReport(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath, in MsrpFrame report)
    {
        WriteRequestHead(output, transactionId, "REPORT"u8, toPath, fromPath);
        WriteHeader(output, "Message-ID: "u8, report.MessageId);
        if (report.Contains(MsrpHeaderId.ByteRange))
        {
            WriteHeader(output, "Byte-Range: "u8, report[MsrpHeaderId.ByteRange]);
        }

        if (report.Contains(MsrpHeaderId.Status))
        {
            WriteHeader(output, "Status: "u8, report.Status);
        }

        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>A NICKNAME request (RFC 7701 section 7.1); <paramref name="nickname"/> is UTF-8 without quotes, empty to give it up.</summary>
    public static void WriteNickname(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath,
        ReadOnlySpan<byte> nickname)
    {
        WriteRequestHead(output, transactionId, "NICKNAME"u8, toPath, fromPath);
        output.Write("Use-Nickname: \""u8);
        foreach (var octet in nickname)
        {
            if (octet is (byte)'"' or (byte)'\\')
            {
                output.Write("\\"u8);
            }

            output.Write([octet]);
        }

        output.Write("\"\r\n"u8);
        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>An AUTH request to a relay (RFC 4976 section 4.1); <paramref name="authorization"/> may be empty.</summary>
    public static void WriteAuth(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath,
        long? expires, ReadOnlySpan<byte> authorization)
    {
        WriteRequestHead(output, transactionId, "AUTH"u8, toPath, fromPath);
        if (expires is { } seconds)
        {
            output.Write("Expires: "u8);
            WriteNumber(output, seconds);
            output.Write("\r\n"u8);
        }

        if (!authorization.IsEmpty)
        {
            WriteHeader(output, "Authorization: "u8, authorization);
        }

        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>A SEND without a body: it binds a session to its connection and keeps it alive.</summary>
    public static void WriteEmptySend(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath,
        ReadOnlySpan<byte> messageId)
    {
        WriteRequestHead(output, transactionId, "SEND"u8, toPath, fromPath);
        WriteHeader(output, "Message-ID: "u8, messageId);
        WriteByteRange(output, new ByteRange(1, 0, 0));
        WriteEndLine(output, transactionId, MsrpFlag.Complete, afterBody: false);
    }

    /// <summary>Start line and paths of a request.</summary>
    public static void WriteRequestHead(
        IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> method, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath)
    {
        output.Write("MSRP "u8);
        output.Write(transactionId);
        output.Write(" "u8);
        output.Write(method);
        WritePaths(output, toPath, fromPath);
    }

    /// <summary>What a SEND says of the message: id, range and reports, in the order that all receivers expect.</summary>
    public static void WriteMessageHeaders(
        IBufferWriter<byte> output, ReadOnlySpan<byte> messageId, ByteRange range, bool successReport, FailureReport failureReport)
    {
        WriteHeader(output, "Message-ID: "u8, messageId);
        WriteByteRange(output, range);
        if (successReport)
        {
            output.Write("Success-Report: yes\r\n"u8);
        }

        if (failureReport != FailureReport.Yes)
        {
            WriteHeader(output, "Failure-Report: "u8, failureReport == FailureReport.No ? "no"u8 : "partial"u8);
        }
    }

    /// <summary>The last header, the blank line, the body and the end-line.</summary>
    public static void WriteContent(
        IBufferWriter<byte> output, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, ReadOnlySpan<byte> transactionId, MsrpFlag flag)
    {
        WriteHeader(output, "Content-Type: "u8, contentType);
        output.Write("\r\n"u8);
        output.Write(body);
        WriteEndLine(output, transactionId, flag, afterBody: true);
    }

    /// <summary>Copies the headers of <paramref name="frame"/> that describe its content or are unknown here: they must reach the other side.</summary>
    public static void WriteOtherHeaders(IBufferWriter<byte> output, in MsrpFrame frame)
    {
        var rest = frame.Head[(frame.Head.IndexOf((byte)'\n') + 1)..];
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOf((byte)'\n') + 1;
            var line = rest[..length];
            if (MsrpHead.IsPassedOn(MsrpHeaderNames.Lookup(line[..line.IndexOf((byte)':')])))
            {
                output.Write(line);
            }

            rest = rest[length..];
        }
    }

    public static void WriteEndLine(IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, MsrpFlag flag, bool afterBody)
    {
        output.Write(afterBody ? "\r\n-------"u8 : "-------"u8);
        output.Write(transactionId);
        output.Write([(byte)flag, (byte)'\r', (byte)'\n']);
    }

    /// <summary><c>\r\nTo-Path: ..\r\nFrom-Path: ..\r\n</c>, as it stands behind every start line.</summary>
    public static void WritePaths(IBufferWriter<byte> output, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath)
    {
        output.Write("\r\nTo-Path: "u8);
        output.Write(toPath);
        output.Write("\r\nFrom-Path: "u8);
        output.Write(fromPath);
        output.Write("\r\n"u8);
    }

    private static void WriteHeader(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(name);
        output.Write(value);
        output.Write("\r\n"u8);
    }

    // Byte-Range = "Byte-Range:" SP range-start "-" range-end "/" total, "*" for what is not known.
    private static void WriteByteRange(IBufferWriter<byte> output, ByteRange range)
    {
        output.Write("Byte-Range: "u8);
        WriteNumber(output, range.Start);
        output.Write("-"u8);
        WriteNumber(output, range.End);
        output.Write("/"u8);
        WriteNumber(output, range.Total);
        output.Write("\r\n"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        if (value < 0)
        {
            output.Write("*"u8);
            return;
        }

        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
