namespace OmaIm.Server.Core;

/// <summary>A Request-URI, resolved.</summary>
/// <param name="Kind">Whose address it is.</param>
/// <param name="Name">The user part: account or room name; empty where there is none.</param>
public readonly record struct Destination(DestinationKind Kind, string Name);
