namespace OmaIm.Protocols.Msrp;

/// <summary>The one mapping of a rejection to status code and comment (RFC 4975 section 10, RFC 7701 section 7).</summary>
public static class MsrpRejections
{
    /// <summary>The status code on the wire; 0 for <see cref="MsrpRejection.None"/> and for what cannot be answered at all.</summary>
    public static int StatusCode(this MsrpRejection rejection) => rejection switch
    {
        MsrpRejection.None => 200,
        MsrpRejection.Truncated => 0,
        MsrpRejection.NoSuchSession => 481,
        MsrpRejection.BoundElsewhere => 506,
        MsrpRejection.MethodUnknown => 501,
        MsrpRejection.OtherSideAbsent or MsrpRejection.OtherSideSlow => 408,
        MsrpRejection.ContentNotSupported => 415,
        MsrpRejection.MessageTooLarge or MsrpRejection.TooManyOpenMessages or MsrpRejection.StoppedMessage => 413,
        MsrpRejection.SenderMismatch or MsrpRejection.SeveralRecipients or MsrpRejection.ReceiptNamesUnnamed or MsrpRejection.NicknameForbidden => 403,
        MsrpRejection.RecipientUnknown => 404,
        MsrpRejection.PrivateMessagesNotSupported => 428,
        MsrpRejection.NicknameTooLong => 423,
        MsrpRejection.NicknameMalformed => 424,
        MsrpRejection.NicknameInUse => 425,
        _ => 400,
    };

    /// <summary>The comment behind the status code: what was wrong, in few words, never text of the peer.</summary>
    public static ReadOnlySpan<byte> Comment(this MsrpRejection rejection) => rejection switch
    {
        MsrpRejection.None => "OK"u8,
        MsrpRejection.StartLineMalformed => "Malformed start line"u8,
        MsrpRejection.StartLineTooLong => "Start line too long"u8,
        MsrpRejection.TransactionIdMalformed => "Malformed transaction id"u8,
        MsrpRejection.HeaderMalformed => "Malformed header"u8,
        MsrpRejection.HeaderBlockTooLong => "Headers too long"u8,
        MsrpRejection.TooManyHeaders => "Too many headers"u8,
        MsrpRejection.DuplicateHeader => "Duplicate header"u8,
        MsrpRejection.ToPathNotFirst => "To-Path must be the first header"u8,
        MsrpRejection.FromPathNotSecond => "From-Path must be the second header"u8,
        MsrpRejection.EndLineMalformed => "Malformed end-line"u8,
        MsrpRejection.Truncated => "Connection closed inside a frame"u8,
        MsrpRejection.PathMalformed => "Malformed path"u8,
        MsrpRejection.ByteRangeMalformed => "Malformed Byte-Range"u8,
        MsrpRejection.MessageIdMalformed => "Malformed Message-ID"u8,
        MsrpRejection.ReportHeaderMalformed => "Malformed report header"u8,
        MsrpRejection.ContentTypeMissing => "Content-Type missing"u8,
        MsrpRejection.NoSuchSession => "No such session"u8,
        MsrpRejection.BoundElsewhere => "Session is bound to another connection"u8,
        MsrpRejection.MethodUnknown => "Unknown method"u8,
        MsrpRejection.ContentNotSupported => "Content type not supported"u8,
        MsrpRejection.MessageTooLarge => "Message too large"u8,
        MsrpRejection.TooManyOpenMessages => "Too many unfinished messages"u8,
        MsrpRejection.ChunkOutOfOrder => "Chunk does not continue its message"u8,
        MsrpRejection.StoppedMessage => "Stop sending this message"u8,
        MsrpRejection.OtherSideAbsent => "The other side is not there"u8,
        MsrpRejection.OtherSideSlow => "The other side is too slow"u8,
        MsrpRejection.CpimMalformed => "Malformed message/cpim"u8,
        MsrpRejection.SenderMismatch => "From is not the sender"u8,
        MsrpRejection.SeveralRecipients => "One recipient only"u8,
        MsrpRejection.ReceiptNamesUnnamed => "A receipt would name its sender"u8,
        MsrpRejection.RecipientUnknown => "No such participant"u8,
        MsrpRejection.PrivateMessagesNotSupported => "Private messages not supported"u8,
        MsrpRejection.NicknameTooLong => "Nickname too long"u8,
        MsrpRejection.NicknameMalformed => "Malformed nickname"u8,
        MsrpRejection.NicknameInUse => "Nickname in use"u8,
        MsrpRejection.NicknameForbidden => "Nickname not allowed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(rejection)),
    };

    /// <summary>Whether frames can no longer be told apart behind this one, so that the connection must be closed.</summary>
    public static bool ClosesConnection(this MsrpRejection rejection) =>
        rejection is >= MsrpRejection.StartLineMalformed and <= MsrpRejection.Truncated;
}
