namespace OmaIm.Protocols.Msrp;

/// <summary>Every reason for which an MSRP frame is refused. One place, <see cref="MsrpRejections"/>, maps it to the wire.</summary>
public enum MsrpRejection
{
    None,

    // Framing is lost: answered when the frame can be addressed, then the connection is closed.
    StartLineMalformed,
    StartLineTooLong,
    TransactionIdMalformed,
    HeaderMalformed,
    HeaderBlockTooLong,
    TooManyHeaders,
    DuplicateHeader,
    ToPathNotFirst,
    FromPathNotSecond,
    EndLineMalformed,
    Truncated,

    // The frame is whole, its meaning is refused; the connection goes on.
    PathMalformed,
    ByteRangeMalformed,
    MessageIdMalformed,
    ReportHeaderMalformed,
    ContentTypeMissing,
    NoSuchSession,
    BoundElsewhere,
    MethodUnknown,
    ContentNotSupported,
    MessageTooLarge,
    TooManyOpenMessages,
    ChunkOutOfOrder,
    StoppedMessage,
    OtherSideAbsent,
    OtherSideSlow,
    CpimMalformed,
    SenderMismatch,
    SeveralRecipients,
    ReceiptNamesUnnamed,
    RecipientUnknown,
    PrivateMessagesNotSupported,
    NicknameTooLong,
    NicknameMalformed,
    NicknameInUse,
    NicknameForbidden,
}
