namespace OmaIm.Switch.Routes;

/// <summary>A chunk that a room has taken and not yet flushed. Its bytes lie rendered in the loop's arena; only paths differ between members.</summary>
internal struct Delivery
{
    /// <summary>Bytes of the start line without its CRLF: "MSRP", id and "SEND".</summary>
    public const int StartLineLength = 5 + Stack.Msrp.TransactionIds.Length + 5;

    public RoomMember Sender;
    public Participant? Only;
    public string? WrappedType;

    /// <summary>Bytes of the whole message as far as its first chunk told, 0 when it did not.</summary>
    public long Size;

    public long Sequence;
    public int Start;
    public int Length;
    public bool IsStream;

    /// <summary>Whether it is a receipt: who asked for one hears it, whatever he said about private messages.</summary>
    public bool IsReceipt;
}
