namespace OmaIm.Protocols.Imdn;

/// <summary>What a notification is about (RFC 5438 section 11.1.9).</summary>
public enum ImdnKind
{
    /// <summary>Whether the message reached the recipient's client.</summary>
    Delivery,

    /// <summary>What an intermediary did with it.</summary>
    Processing,

    /// <summary>Whether it was shown to the recipient.</summary>
    Display,
}
