using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

/// <summary>Writes down what a usage tells, in short.</summary>
internal sealed class InviteRecorder : IInviteHandler
{
    public List<string> Told { get; } = [];

    public InviteUsage Usage { get; set; } = null!;

    public Action<InviteUsage, SipMessage> Rejected { get; set; } = static (_, _) => { };

    public Action<InviteUsage, ServerTransaction> Reinvited { get; set; } =
        static (usage, transaction) => usage.AcceptReinvite(transaction, DialogBench.Sdp, DialogBench.Body("answer 2"));

    public Action<InviteUsage, ServerTransaction> Requested { get; set; } = static (_, transaction) => transaction.Respond(200);

    public void OnProgress(InviteUsage usage, SipMessage response) => Told.Add($"progress {response.StatusCode}");

    public void OnConfirmed(InviteUsage usage, SipMessage message) => Told.Add("confirmed");

    public void OnRejected(InviteUsage usage, SipMessage response)
    {
        Told.Add($"rejected {response.StatusCode}");
        Rejected(usage, response);
    }

    public void OnReinvite(InviteUsage usage, ServerTransaction transaction)
    {
        Told.Add($"{transaction.Request.Method} {DialogBench.Text(transaction.Request)}");
        Reinvited(usage, transaction);
    }

    public void OnRequest(InviteUsage usage, ServerTransaction transaction)
    {
        Told.Add($"request {transaction.Request.Method}");
        Requested(usage, transaction);
    }

    public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye) => Told.Add($"terminated {reason}{(bye is null ? "" : " by BYE")}");
}
