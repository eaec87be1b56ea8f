namespace OmaIm.Protocols.Msrp;

/// <summary>The Failure-Report header (RFC 4975 section 7.1.2): which transaction responses the sender of a SEND asks for.</summary>
public enum FailureReport
{
    /// <summary>Every SEND is answered; also the meaning of an absent header.</summary>
    Yes,

    /// <summary>Only errors are answered.</summary>
    Partial,

    /// <summary>Nothing is ever answered.</summary>
    No,
}
