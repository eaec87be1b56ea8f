using OmaIm.Load.Joining;

namespace OmaIm.Load.Traffic;

/// <summary>Who sits in a place of a room, and by which dialog.</summary>
/// <param name="Ended">Ends when the dialog has ended, by whomever.</param>
internal sealed record Occupant(LoadMember Member, JoinedSession Session, Task Ended);
