namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>The same with all MSRP over TLS.</summary>
public sealed class TlsHostileRoom() : HostileRoom(new TlsAppliance());
