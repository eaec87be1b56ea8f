namespace OmaIm.Protocols.Msrp;

/// <summary>How much one MSRP frame may make a receiver keep before its body streams through.</summary>
public sealed record MsrpLimits
{
    public static MsrpLimits Default { get; } = new();

    /// <summary>Bytes of a start line with its CRLF. 1 KiB: a transaction id of 32 and any reason phrase met in the field fit many times over.</summary>
    public int StartLine { get; init; } = 1024;

    /// <summary>Bytes of start line and headers together. 8 KiB, as web servers allow a request line; relayed paths are far shorter.</summary>
    public int HeaderBlock { get; init; } = 8 * 1024;

    /// <summary>Header lines of a frame. 32: the RFCs define 16 that can meet in one frame.</summary>
    public int Headers { get; init; } = 32;

    /// <summary>
    /// Body bytes that are collected before an unfinished chunk is passed on in pieces. 20 KiB: a text of 16 KiB fits whole with its
    /// CPIM headers, and a room of a hundred takes a piece in a millisecond or two.
    /// </summary>
    public int Piece { get; init; } = 20 * 1024;

    /// <summary>The largest number of bytes that can wait unread for a frame: what a receive buffer must hold.</summary>
    public int MaximumUnread => HeaderBlock + Piece + 64;
}
