namespace OmaIm.Protocols.Imdn;

/// <summary>Which notifications a sender asks for: the values of imdn.Disposition-Notification (RFC 5438 section 6.2).</summary>
[Flags]
public enum ImdnRequests
{
    None = 0,
    PositiveDelivery = 1,
    NegativeDelivery = 2,
    Processing = 4,
    Display = 8,
}
