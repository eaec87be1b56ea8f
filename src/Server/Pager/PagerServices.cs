using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>What pager mode works with.</summary>
public sealed class PagerServices
{
    private static readonly SipHeaderId[] OfWhatIsTaken = [SipHeaderId.Accept, SipHeaderId.AcceptEncoding];

    private ReceiptGathering? _receipts;

    public required TransactionLayer Transactions { get; init; }

    public required AddressPlan Addresses { get; init; }

    public required ICredentialStore Accounts { get; init; }

    public required ILocationService Locations { get; init; }

    public required PagerOptions Options { get; init; }

    public required ServerMetrics Metrics { get; init; }

    /// <summary>The receipts that wait for others.</summary>
    internal ReceiptGathering Receipts => _receipts ??= new ReceiptGathering(this);

    internal DateTimeOffset Now => Transactions.Loop.Time.GetUtcNow();

    /// <summary>Tells a sender what became of his message to one user.</summary>
    internal void Answer(ServerTransaction transaction, PagerOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            Refuse(transaction, refusal);
        }
        else
        {
            transaction.Respond(outcome.Status, outcome.Phrase, [.. Takes(outcome.Response)]);
        }
    }

    /// <summary>Refuses a MESSAGE in the server's own name.</summary>
    internal void Refuse(ServerTransaction transaction, PagerRefusal refusal, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var (status, phrase, tag) = PagerRefusals.Describe(refusal);
        Metrics.Refused("pager", tag);
        transaction.Respond(status, phrase, [.. PagerRefusals.Headers(refusal, Addresses.Domain, Options), .. headers]);
    }

    /// <summary>What a device that refuses would take (RFC 3261 section 8.2.3).</summary>
    private static IEnumerable<(SipHeaderId Id, string Value)> Takes(SipMessage? response)
    {
        foreach (var id in OfWhatIsTaken)
        {
            if (response?.Headers.GetText(id) is { } value)
            {
                yield return (id, value);
            }
        }
    }
}
