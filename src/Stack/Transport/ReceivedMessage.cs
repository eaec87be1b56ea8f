using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transport;

/// <summary>What a reading thread hands to the control loop: a message, or what is left of one that was rejected.</summary>
/// <param name="Message">Null when not even an answer can be made.</param>
/// <param name="Rejection">Why it may not go further.</param>
/// <param name="Flow">Where it came from.</param>
/// <param name="Length">Its size on the wire in bytes.</param>
internal readonly record struct ReceivedMessage(SipMessage? Message, SipRejection Rejection, SipFlow Flow, int Length)
{
    public static ReceivedMessage Create(SipMessage? message, SipRejection rejection, SipFlow flow, int length)
    {
        if (message is not null && rejection == SipRejection.None)
        {
            rejection = SipSanity.Check(message);
        }

        if (message is { IsRequest: true })
        {
            ViaStamp.Apply(message, flow.Remote);
        }

        return new ReceivedMessage(message, rejection, flow, length);
    }
}
