using OmaIm.Protocols.Msrp;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>What alice sends, and why it is refused. In the text {session} and {peer} stand for the two paths.</summary>
internal sealed record RejectionCase(MsrpRejection Rejection, string Text, int? Code = null, bool EndsInput = false, Action<RoomBench>? Then = null, string? Pseudonym = null)
{
    /// <summary>The status code that she gets; null when there is nobody or nothing to answer.</summary>
    public int? Expected => Code == 0 ? null : Code ?? Rejection.StatusCode();
}
