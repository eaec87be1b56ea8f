using OmaIm.Server.Core;

namespace OmaIm.Server.Admission;

public sealed class PreferencesStage : IAdmissionStage
{
    public string Name => "preferences";

    public string Help => "Refuses with 400 more caller preferences (RFC 3841) than anybody could mean.";

    public AdmissionRefusal Check(AdmissionRequest request) =>
        CallerPreferences.AreTooMany(request.Message) ? AdmissionRefusal.TooManyPreferences : AdmissionRefusal.None;
}
