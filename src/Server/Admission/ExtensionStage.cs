using OmaIm.Server.Core;

namespace OmaIm.Server.Admission;

public sealed class ExtensionStage : IAdmissionStage
{
    public string Name => "extensions";

    public string Help => "Refuses with 420 a Require or Proxy-Require that names an extension this server does not have.";

    public AdmissionRefusal Check(AdmissionRequest request)
    {
        var required = request.Message.Require?.Values ?? [];
        var proxyRequired = request.Message.ProxyRequire?.Values ?? [];
        request.Unsupported =
        [
            .. required.Where(option => !Extensions.IsSupported(option, request.Destination.Kind)),
            .. proxyRequired,
        ];
        return request.Unsupported.Count == 0 ? AdmissionRefusal.None : AdmissionRefusal.BadExtension;
    }
}
