using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;

namespace OmaIm.Server.Admission;

public sealed class AuthenticationStage(DigestCheck digest, AddressPlan addresses) : IAdmissionStage
{
    public string Name => "authentication";

    public string Help => "Asks every sender for a digest of his password, and learns who he is.";

    public AdmissionRefusal Check(AdmissionRequest request)
    {
        if (Credentials(request) is not { } credentials)
        {
            return AdmissionRefusal.NoCredentials;
        }

        var result = digest.Check(credentials, request.Message.Method, request.Message.RequestUri);
        if (result == DigestResult.Proven)
        {
            request.Caller = new Caller(credentials.Username, addresses.AorOf(credentials.Username));
        }

        return result switch
        {
            DigestResult.Proven => AdmissionRefusal.None,
            DigestResult.Stale => AdmissionRefusal.StaleNonce,
            DigestResult.Replayed => AdmissionRefusal.ReplayedCredentials,
            _ => AdmissionRefusal.WrongCredentials,
        };
    }

    // RFC 3261 section 22.3: credentials of several realms may stand side by side; only ours count.
    private DigestCredentials? Credentials(AdmissionRequest request)
    {
        var all = request.IsForProxy
            ? request.Message.ProxyAuthorizations.Select(header => header.Credentials)
            : request.Message.Authorizations.Select(header => header.Credentials);
        return all.OfType<DigestCredentials>().FirstOrDefault(digest.IsForThisRealm);
    }
}
