namespace OmaIm.Protocols.Imdn;

/// <summary>The status of a notification (RFC 5438 section 11.1.9). <see cref="ImdnDocument.IsPossible"/> says which kind has which.</summary>
public enum ImdnStatus
{
    /// <summary>The recipient's client has the message.</summary>
    Delivered,

    /// <summary>It cannot be delivered.</summary>
    Failed,

    /// <summary>An intermediary has done its part.</summary>
    Processed,

    /// <summary>An intermediary keeps it for later.</summary>
    Stored,

    /// <summary>It was shown. Nobody claims that it was read.</summary>
    Displayed,

    /// <summary>Privacy or policy forbids to say.</summary>
    Forbidden,

    /// <summary>The request for notification could not be understood.</summary>
    Error,
}
