namespace OmaIm.Switch.Routes;

/// <summary>A message of which chunks are still to come: what its first chunk was allowed, the later ones are.</summary>
internal sealed class OpenMessage(byte[] messageId)
{
    public ReadOnlySpan<byte> MessageId => messageId;

    /// <summary>The Message-ID towards the members: two senders may have chosen the same one.</summary>
    public ulong OutgoingId { get; set; }

    /// <summary>The only participant that hears it, or null for all.</summary>
    public Participant? Only { get; set; }

    /// <summary>Whether it is a receipt.</summary>
    public bool IsReceipt { get; set; }

    /// <summary>Its place in the room's order; members who came later do not hear the rest of it.</summary>
    public long Sequence { get; set; }

    /// <summary>The first byte that the next chunk must bring, counted from 1.</summary>
    public long Next { get; set; } = 1;

    /// <summary>How many bytes more the members get than the sender sends, because his name was taken out.</summary>
    public long Shift { get; set; }

    /// <summary>The announced length, or -1.</summary>
    public long Total { get; set; } = -1;

    /// <summary>What the first chunk said of its length, 0 for nothing: it decides for all chunks alike who takes the message.</summary>
    public long Size { get; set; }

    /// <summary>Whether a further chunk announces the same length, or first does so; then it is known from here on.</summary>
    public bool AgreesOnTotal(long announced)
    {
        Total = Total < 0 ? announced : Total;
        return announced < 0 || announced == Total;
    }

    /// <summary>The wrapped content type, looked up only while the room has members who do not take everything.</summary>
    public string? WrappedType { get; set; }

    public byte[] ContentType { get; init; } = [];

    /// <summary>The start of a message whose CPIM headers are not all there yet; null once they have been checked.</summary>
    public byte[]? Held { get; set; }
}
