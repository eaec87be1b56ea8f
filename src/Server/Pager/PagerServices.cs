using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>What pager mode works with.</summary>
public sealed record PagerServices
{
    public required TransactionLayer Transactions { get; init; }

    public required AddressPlan Addresses { get; init; }

    public required ICredentialStore Accounts { get; init; }

    public required ILocationService Locations { get; init; }

    public required PagerOptions Options { get; init; }

    public required ServerMetrics Metrics { get; init; }

    internal DateTimeOffset Now => Transactions.Loop.Time.GetUtcNow();

    /// <summary>Refuses a MESSAGE in the server's own name.</summary>
    internal void Refuse(ServerTransaction transaction, PagerRefusal refusal, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var (status, phrase, tag) = PagerRefusals.Describe(refusal);
        Metrics.Refused("pager", tag);
        transaction.Respond(status, phrase, PagerRefusals.Header(refusal, Addresses.Domain, Options) is { } own ? [own, .. headers] : headers);
    }
}
