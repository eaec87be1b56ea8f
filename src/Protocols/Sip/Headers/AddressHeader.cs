namespace OmaIm.Protocols.Sip.Headers;

/// <summary>name-addr / addr-spec with parameters (RFC 3261 section 20.10).</summary>
public abstract class AddressHeader
{
    protected AddressHeader(SipUri uri, SipParameters? parameters, string? displayName)
    {
        Uri = uri;
        Parameters = parameters ?? SipParameters.Empty;
        DisplayName = displayName;
    }

    public string? DisplayName { get; }
    public SipUri Uri { get; }
    public SipParameters Parameters { get; }
    public string? Tag => Parameters["tag"];
    public override string ToString() => throw new NotImplementedException();
}
