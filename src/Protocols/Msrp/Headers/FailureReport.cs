namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Which failures the sender of a message wants to hear of (RFC 4975 section 7.1.1).</summary>
public enum FailureReport
{
    /// <summary>All: the hop answers, and failures farther on are reported. The default.</summary>
    Yes,

    /// <summary>None: nothing is answered at all.</summary>
    No,

    /// <summary>Only errors: success is not answered.</summary>
    Partial,
}
