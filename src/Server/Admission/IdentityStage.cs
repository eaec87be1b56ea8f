using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;

namespace OmaIm.Server.Admission;

public sealed class IdentityStage : IAdmissionStage
{
    public string Name => "identity";

    public string Help => "Refuses with 403 a From that is neither the authenticated user nor, with Privacy: id, anonymous; and removes identities that the client asserted itself. 400 for a Privacy that cannot be read.";

    public AdmissionRefusal Check(AdmissionRequest request)
    {
        request.Message.Headers.Remove(SipHeaderId.PAssertedIdentity);
        request.Message.Headers.Remove(SipHeaderId.PPreferredIdentity);
        if (Anonymity.IsUnreadable(request.Message))
        {
            return AdmissionRefusal.BadPrivacy;
        }

        var from = request.Message.From!.Uri;
        var isUnnamed = Anonymity.IsAnonymous(from) && Anonymity.IsAsked(request.Message);
        return isUnnamed || string.Equals(from.Aor, request.Caller?.Aor, StringComparison.Ordinal)
            ? AdmissionRefusal.None
            : AdmissionRefusal.ForeignFrom;
    }
}
