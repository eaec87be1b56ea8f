namespace OmaIm.Generators.Headers;

/// <summary>The members of OmaIm.Protocols.Text.HeaderProtocol, by value.</summary>
internal enum Protocol
{
    Sip,
    Msrp,
}
