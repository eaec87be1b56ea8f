namespace OmaIm.Server.Admission;

/// <summary>A method known here but not allowed at the destination gets its 405 from the dispatcher, who knows what is allowed.</summary>
public sealed class MethodStage : IAdmissionStage
{
    public string Name => "method";

    public string Help => "Refuses with 501 a method that no SIP extension here knows.";

    public AdmissionRefusal Check(AdmissionRequest request) =>
        request.Message.Method.IsKnown ? AdmissionRefusal.None : AdmissionRefusal.UnknownMethod;
}
