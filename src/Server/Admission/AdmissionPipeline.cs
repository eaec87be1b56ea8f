using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Admission;

/// <summary>
/// Decides which requests come in, and who sent them. Every request outside a dialog runs through the stages in this order;
/// the first refusal is answered. Requests inside a dialog do not come here: the dialog is their proof. ACK and CANCEL are
/// never challenged (RFC 3261 section 22.1): the layers below keep them.
/// </summary>
public sealed partial class AdmissionPipeline
{
    private readonly DigestCheck _digest;
    private readonly ServerMetrics _metrics;
    private readonly ILogger<AdmissionPipeline> _logger;

    public AdmissionPipeline(
        AddressPlan addresses,
        ICredentialStore credentials,
        AdmissionOptions options,
        TimeProvider time,
        ServerMetrics metrics,
        ILoggerFactory loggers)
    {
        _digest = new DigestCheck(addresses.Domain, credentials, options, time);
        _metrics = metrics;
        _logger = loggers.CreateLogger<AdmissionPipeline>();
        Stages =
        [
            new MethodStage(),
            new SchemeStage(),
            new MaxForwardsStage(),
            new ExtensionStage(),
            new AuthenticationStage(_digest, addresses),
            new IdentityStage(),
            new PreferencesStage(),
        ];
    }

    /// <summary>The stages in their order; printed at the start and by the admin interface.</summary>
    public IReadOnlyList<IAdmissionStage> Stages { get; }

    /// <summary>Lets a request in, or answers it. Null: it was answered.</summary>
    public Caller? Admit(ServerTransaction transaction, Destination destination)
    {
        var request = new AdmissionRequest(transaction.Request, destination);
        foreach (var stage in Stages)
        {
            var refusal = stage.Check(request);
            if (refusal != AdmissionRefusal.None)
            {
                Refuse(transaction, request, refusal);
                return null;
            }
        }

        _metrics.Admitted(request.Message.Method.Name);
        return request.Caller;
    }

    private void Refuse(ServerTransaction transaction, AdmissionRequest request, AdmissionRefusal refusal)
    {
        var tag = AdmissionRefusals.Tag(refusal);
        _metrics.Refused("admission", tag);
        LogRefused(tag, transaction.Flow.Remote);
        var status = AdmissionRefusals.StatusCode(refusal, request.IsForProxy);
        transaction.Respond(status, AdmissionRefusals.Phrase(refusal), [.. Headers(request, refusal)]);
    }

    private IEnumerable<(SipHeaderId Id, string Value)> Headers(AdmissionRequest request, AdmissionRefusal refusal)
    {
        if (refusal == AdmissionRefusal.BadExtension)
        {
            yield return (SipHeaderId.Unsupported, string.Join(", ", request.Unsupported));
        }

        if (AdmissionRefusals.IsChallenge(refusal))
        {
            var header = request.IsForProxy ? SipHeaderId.ProxyAuthenticate : SipHeaderId.WWWAuthenticate;
            var stale = refusal is AdmissionRefusal.StaleNonce or AdmissionRefusal.ReplayedCredentials;
            foreach (var challenge in _digest.Challenges(stale))
            {
                yield return (header, challenge.ToString());
            }
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Request refused at admission ({Reason}) from {Remote}")]
    private partial void LogRefused(string reason, System.Net.IPEndPoint remote);
}
