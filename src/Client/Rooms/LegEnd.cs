namespace OmaIm.Client.Rooms;

/// <summary>Why a stay in a room ended without being asked to.</summary>
/// <param name="Reason">In words.</param>
/// <param name="IsDeliberate">The focus said goodbye: it expelled the user or closed the room. Coming back is not wanted.</param>
internal sealed record LegEnd(string Reason, bool IsDeliberate);
