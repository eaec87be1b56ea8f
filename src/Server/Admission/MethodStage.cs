using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Admission;

/// <summary>A method known here but not allowed at the destination gets its 405 from the dispatcher, who knows what is allowed.</summary>
public sealed class MethodStage : IAdmissionStage
{
    private static readonly HashSet<SipMethod> Known =
    [
        SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Register, SipMethod.Options, SipMethod.Message,
        SipMethod.Subscribe, SipMethod.Notify, SipMethod.Refer, SipMethod.Publish, SipMethod.Update, SipMethod.Info, SipMethod.Prack,
    ];

    public string Name => "method";

    public string Help => "Refuses with 501 a method that no SIP extension here knows.";

    public AdmissionRefusal Check(AdmissionRequest request) =>
        Known.Contains(request.Message.Method) ? AdmissionRefusal.None : AdmissionRefusal.UnknownMethod;
}
