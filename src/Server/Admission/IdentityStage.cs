using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Admission;

public sealed class IdentityStage : IAdmissionStage
{
    public string Name => "identity";

    public string Help => "Refuses with 403 a From that is not the authenticated user, and removes identities that the client asserted itself.";

    public AdmissionRefusal Check(AdmissionRequest request)
    {
        request.Message.Headers.Remove(SipHeaderId.PAssertedIdentity);
        request.Message.Headers.Remove(SipHeaderId.PPreferredIdentity);
        return string.Equals(request.Message.From?.Uri.Aor, request.Caller?.Aor, StringComparison.Ordinal)
            ? AdmissionRefusal.None
            : AdmissionRefusal.ForeignFrom;
    }
}
