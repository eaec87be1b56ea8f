using System.Diagnostics.Metrics;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Appliance.Metrics;

/// <summary>
/// Publishes what the loops and transports count for themselves: their threads pay nothing for a scrape.
/// Labels are members of our enums, never a peer's words.
/// </summary>
internal sealed class StackMetrics : IDisposable
{
    public const string MeterName = "OmaIm.Stack";

    private readonly Meter _meter = new(MeterName);

    public StackMetrics(ControlLoop control, SipTransport sip, DialogLayer dialogs, IReadOnlyList<MsrpLoop> msrp)
    {
        AddControl(control);
        AddSip(sip.Statistics);
        AddTransactions(dialogs.Transactions.Statistics);
        AddDialogs(dialogs);
        AddMsrp([.. msrp.Select(static loop => loop.Statistics)]);
    }

    /// <summary>Whether a meter is this appliance's: one process may run several.</summary>
    public bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    public void Dispose() => _meter.Dispose();

    private void AddControl(ControlLoop control)
    {
        _meter.CreateObservableGauge("omaim.control.queue", () => control.QueueLength, null, "Callbacks that wait for the control loop.");
        Count("omaim.control.refused", () => control.Refused, "Datagrams refused because the control loop was behind.");
        Count("omaim.control.faults", () => control.Faults, "Callbacks of the control loop that ended with an exception.");
    }

    private void AddSip(SipTransportStatistics sip)
    {
        Count("omaim.sip.messages.received", () => sip.MessagesReceived, "SIP messages received, well formed.");
        Count("omaim.sip.messages.sent", () => sip.MessagesSent, "SIP messages sent.");
        Count("omaim.sip.keepalives", () => sip.KeepAlives, "CRLF keep-alives received.");
        Count("omaim.sip.send_failures", () => sip.SendFailures, "SIP messages that their flow could not carry.");
        Count<SipRejection>("omaim.sip.rejections", sip.Rejected, "Malformed SIP messages, by reason.");
    }

    private void AddTransactions(TransactionStatistics transactions)
    {
        Count("omaim.sip.transactions.retransmissions", () => transactions.Retransmissions, "Messages sent again because no answer came.");
        Count("omaim.sip.transactions.absorbed", () => transactions.Absorbed, "Requests that came again and were absorbed.");
        Count("omaim.sip.transactions.timeouts", () => transactions.Timeouts, "Client transactions without final response.");
        Count("omaim.sip.transactions.stray_responses", () => transactions.StrayResponses, "Responses that belong to no request of ours.");
        Count("omaim.sip.transactions.merged", () => transactions.Merged, "Requests that came on two ways (482).");
        Count("omaim.sip.transactions.refused", () => transactions.Refused, "Requests refused because there were too many transactions.");
        Count("omaim.sip.transactions.unexpected", () => transactions.Unexpected, "Inputs that the state of a transaction has no use for.");
    }

    private void AddDialogs(DialogLayer dialogs)
    {
        _meter.CreateObservableGauge("omaim.sip.dialogs", () => dialogs.Count, null, "Dialogs that stand.");
        Count("omaim.sip.dialogs.unknown", () => dialogs.Statistics.Unknown, "Requests for a dialog that is not there.");
        Count("omaim.sip.dialogs.malformed", () => dialogs.Statistics.Malformed, "Requests that would make a dialog and lack a Contact.");
        Count("omaim.sip.dialogs.wrong_source", () => dialogs.Statistics.WrongSource, "Requests for a dialog that came from another address than its peer's.");
        Count("omaim.sip.dialogs.expired", () => dialogs.Statistics.Expired, "Sessions and subscriptions that nobody refreshed.");
        Count("omaim.sip.dialogs.refused", () => dialogs.Statistics.Refused, "Requests refused because there were too many dialogs.");
    }

    private void AddMsrp(MsrpStatistics[] loops)
    {
        Count("omaim.msrp.frames.received", () => loops.Sum(static loop => loop.FramesReceived), "MSRP frames received.");
        Count("omaim.msrp.received", () => loops.Sum(static loop => loop.BytesReceived), "Bytes received by MSRP.", "By");
        Count("omaim.msrp.sent", () => loops.Sum(static loop => loop.BytesSent), "Bytes sent by MSRP.", "By");
        Count("omaim.msrp.writes", () => loops.Sum(static loop => loop.Writes), "Writes handed to connections: deliveries for each of them are what replication optimises.");
        Count("omaim.msrp.messages", () => loops.Sum(static loop => loop.MessagesTaken), "Messages taken for replication.");
        Count("omaim.msrp.deliveries", () => loops.Sum(static loop => loop.Deliveries), "Frames written to members.");
        CountLoops("omaim.msrp.loop.deliveries", loops, static loop => loop.Deliveries, "Frames written to members, by loop: whether the rooms are well spread.");
        Count("omaim.msrp.moves", () => loops.Sum(static loop => loop.Moves), "Connections that went to the loop of the session that they named first.");
        Count("omaim.msrp.crossings", () => loops.Sum(static loop => loop.Crossings), "Connections that have come to carry sessions of another loop, too.");
        Count("omaim.msrp.faults", () => loops.Sum(static loop => loop.CallbackFailures), "Callbacks of the MSRP loops that ended with an exception.");
        Count<MsrpRejection>("omaim.msrp.rejections", reason => loops.Sum(loop => loop.Rejections(reason)), "Malformed or refused MSRP frames, by reason.");
        Count<MsrpCloseReason>("omaim.msrp.closed", reason => loops.Sum(loop => loop.Closed(reason)), "MSRP connections that ended, by reason.");
    }

    private void Count(string name, Func<long> read, string help, string? unit = null) => _meter.CreateObservableCounter(name, read, unit, help);

    /// <summary>One series for each loop, by its number.</summary>
    private void CountLoops(string name, MsrpStatistics[] loops, Func<MsrpStatistics, long> read, string help)
    {
        var labels = loops.Select(static (_, i) => new KeyValuePair<string, object?>("loop", i)).ToArray();
        _meter.CreateObservableCounter(name, () => loops.Select((loop, i) => new Measurement<long>(read(loop), labels[i])), null, help);
    }

    /// <summary>One series for each member of an enum that has happened at all.</summary>
    private void Count<T>(string name, Func<T, long> read, string help)
        where T : struct, Enum
    {
        var members = Enum.GetValues<T>().Select(member => (Member: member, Label: new KeyValuePair<string, object?>("reason", member.ToString()))).ToArray();
        _meter.CreateObservableCounter(name, () => members.Select(member => new Measurement<long>(read(member.Member), member.Label)).Where(measured => measured.Value > 0), null, help);
    }
}
