using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

/// <summary>Writes down what a served subscription tells; sends "state" when it is refreshed.</summary>
internal sealed class NotifierRecorder : INotifierHandler
{
    public List<string> Told { get; } = [];

    public NotifierUsage Usage { get; set; } = null!;

    public void OnRefreshed(NotifierUsage usage, SipMessage subscribe)
    {
        Told.Add("refreshed");
        usage.Notify("text/plain", DialogBench.Body("state"));
    }

    public void OnTerminated(NotifierUsage usage, DialogEnd reason) => Told.Add($"terminated {reason}");

    public void OnDelivered(NotifierUsage usage) => Told.Add("delivered");
}

/// <summary>Writes down what our subscription tells.</summary>
internal sealed class SubscriberRecorder : ISubscriberHandler
{
    public List<string> Told { get; } = [];

    public SubscriberUsage Usage { get; set; } = null!;

    public Func<SubscriberUsage, SipMessage, bool> Challenged { get; set; } = static (_, _) => false;

    public void OnNotify(SubscriberUsage usage, SipMessage notify) =>
        Told.Add($"notify {notify.SubscriptionState!.State} {DialogBench.Text(notify)}".TrimEnd());

    public void OnTerminated(SubscriberUsage usage, string? reason, SipMessage? response) =>
        Told.Add($"terminated {reason}{response?.StatusCode}".TrimEnd());

    public bool OnChallenged(SubscriberUsage usage, SipMessage response)
    {
        Told.Add($"challenged {response.StatusCode}");
        return Challenged(usage, response);
    }
}
