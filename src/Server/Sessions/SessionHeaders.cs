using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;

namespace OmaIm.Server.Sessions;

/// <summary>
/// What the server, between two dialogs, passes from one to the other: everything that is about the message, nothing that is about the
/// dialog, the hop, or a capability of the server's own.
/// </summary>
internal static class SessionHeaders
{
    /// <summary>What may be sent within a session.</summary>
    public const string Allow = "INVITE, ACK, BYE, CANCEL, UPDATE, MESSAGE, INFO, REFER, NOTIFY, OPTIONS";

    private const string Instance = "+sip.instance";

    private static readonly HashSet<SipHeaderId> OfTheHop =
    [
        SipHeaderId.Via, SipHeaderId.Route, SipHeaderId.RecordRoute, SipHeaderId.From, SipHeaderId.To, SipHeaderId.CallId, SipHeaderId.CSeq,
        SipHeaderId.Contact, SipHeaderId.MaxForwards, SipHeaderId.ContentLength, SipHeaderId.ContentType, SipHeaderId.Authorization,
        SipHeaderId.ProxyAuthorization, SipHeaderId.ProxyRequire, SipHeaderId.Require, SipHeaderId.Supported, SipHeaderId.Unsupported,
        SipHeaderId.Allow, SipHeaderId.SessionExpires, SipHeaderId.MinSE, SipHeaderId.PAssertedIdentity, SipHeaderId.PPreferredIdentity,
        SipHeaderId.Path, SipHeaderId.ServiceRoute, SipHeaderId.Replaces,
    ];

    private static readonly SipHeaderId[] OfAnAnswer =
    [
        SipHeaderId.ContributionId, SipHeaderId.ConversationId, SipHeaderId.Subject, SipHeaderId.Privacy, SipHeaderId.Warning, SipHeaderId.Reason,
        SipHeaderId.RetryAfter, SipHeaderId.Accept, SipHeaderId.AcceptEncoding, SipHeaderId.UserAgent,
    ];

    /// <summary>Our Contact towards one side: the address of the other as it is shown there, with what his client said about itself, but for what says which device it is.</summary>
    public static string Contact(string shown, ContactHeader? of)
    {
        var parameters = SipParameters.Empty;
        foreach (var name in of?.Parameters.Names ?? [])
        {
            if (name.StartsWith('+') && !string.Equals(name, Instance, StringComparison.OrdinalIgnoreCase))
            {
                parameters = parameters.With(name, of!.Parameters[name]);
            }
        }

        return $"<{shown}>{parameters}";
    }

    /// <summary>Copies what passes of a request, its body excepted, and takes one hop off.</summary>
    /// <param name="from">The request as it came.</param>
    /// <param name="to">The request for the other side.</param>
    /// <param name="isUnnamed">Whether its sender stays unnamed in this session; he may ask for it for this one request, too.</param>
    public static void Pass(SipMessage from, SipMessage to, bool isUnnamed)
    {
        foreach (var field in from.Headers)
        {
            if (!OfTheHop.Contains(field.Id))
            {
                to.Headers.Add(field.NameText, Encoding.UTF8.GetString(field.Value.Span));
            }
        }

        if (isUnnamed || Anonymity.IsAsked(from))
        {
            Anonymity.Strip(to);
        }

        to.Headers.Set(SipHeaderId.MaxForwards, Hops(from).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What passes of a response to the request that it is about.</summary>
    /// <param name="response">The response as it came.</param>
    /// <param name="isUnnamed">Whether its sender stays unnamed in this session; he may ask for it in this one response, too.</param>
    public static IEnumerable<(SipHeaderId Id, string Value)> OfResponse(SipMessage response, bool isUnnamed)
    {
        if (isUnnamed || Anonymity.IsAsked(response))
        {
            Anonymity.Strip(response);
        }

        foreach (var id in OfAnAnswer)
        {
            if (response.Headers.GetText(id) is { } value)
            {
                yield return (id, value);
            }
        }

        yield return (SipHeaderId.Server, Answers.Product);
    }

    /// <summary>The extensions of a request that the server does not have, as the value of Unsupported; null when there are none.</summary>
    public static string? Unsupported(SipMessage request)
    {
        var unsupported = (request.Require?.Values ?? []).Where(option => !Extensions.IsSupported(option, DestinationKind.User)).ToList();
        return unsupported.Count == 0 ? null : string.Join(", ", unsupported);
    }

    private static int Hops(SipMessage request) => Math.Max(0, (request.MaxForwards?.Value ?? 70) - 1);
}
