namespace OmaIm.Server.Admission;

public sealed class MaxForwardsStage : IAdmissionStage
{
    public string Name => "max-forwards";

    public string Help => "Refuses with 483 a request whose Max-Forwards has run out.";

    public AdmissionRefusal Check(AdmissionRequest request) =>
        request.Message.MaxForwards is { Value: 0 } ? AdmissionRefusal.TooManyHops : AdmissionRefusal.None;
}
