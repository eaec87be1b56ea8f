namespace OmaIm.Server.Admission;

public sealed class SchemeStage : IAdmissionStage
{
    public string Name => "scheme";

    public string Help => "Refuses with 416 a Request-URI that is neither sip nor sips.";

    public AdmissionRefusal Check(AdmissionRequest request) =>
        request.Message.RequestUri.IsSip ? AdmissionRefusal.None : AdmissionRefusal.UnsupportedScheme;
}
