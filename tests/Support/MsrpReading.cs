using OmaIm.Protocols.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>What a reader found in a run of bytes.</summary>
/// <param name="Frames">The frames that are there as a whole.</param>
/// <param name="Rejection">Why reading ended for good, or None.</param>
/// <param name="Unread">Bytes behind the last whole frame.</param>
public sealed record MsrpReading(IReadOnlyList<MsrpWireFrame> Frames, MsrpRejection Rejection, int Unread);
