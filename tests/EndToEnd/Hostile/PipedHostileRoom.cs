namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>The same with MSRP through Kestrel's pipes.</summary>
public sealed class PipedHostileRoom() : HostileRoom(new PipedAppliance());
