using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>A request of one side that is no offer: what concerns the other side is passed on with its answer, the rest is answered here.</summary>
internal static class InSessionRequest
{
    public static void Handle(SessionServices services, SessionLeg leg, ServerTransaction transaction)
    {
        var request = transaction.Request;
        var peer = leg.Session.PeerOf(leg);
        var method = request.Method;
        if (SessionHeaders.Unsupported(request) is { } unsupported)
        {
            services.Refuse(transaction, SessionRefusal.BadExtension, unsupported);
        }
        else if (method == SipMethod.Options)
        {
            transaction.Respond(
                200,
                null,
                (SipHeaderId.Allow, SessionHeaders.Allow),
                (SipHeaderId.Accept, SessionBody.Sdp),
                (SipHeaderId.Supported, Extensions.Supported(DestinationKind.User)));
        }
        else if (method != SipMethod.Message && method != SipMethod.Info && method != SipMethod.Refer)
        {
            services.Refuse(transaction, method.IsKnown ? SessionRefusal.MethodNotAllowed : SessionRefusal.UnknownMethod);
        }
        else if (request.MaxForwards is { Value: 0 })
        {
            services.Refuse(transaction, SessionRefusal.TooManyHops);
        }
        else if (peer is not { Stands: true })
        {
            services.Refuse(transaction, SessionRefusal.Pending);
        }
        else if (Anonymity.IsUnreadable(request))
        {
            services.Refuse(transaction, SessionRefusal.BadPrivacy);
        }
        else if (method == SipMethod.Refer)
        {
            Referral.Pass(services, leg, peer, transaction);
        }
        else if (CpimIdentity.Check(services.Addresses, request, leg.Session.AorOf(leg), leg.IsUnnamed) is { } fault)
        {
            services.Refuse(transaction, SessionRefusals.Of(fault));
        }
        else
        {
            Pass(leg, peer, transaction);
        }
    }

    private static void Pass(SessionLeg leg, SessionLeg peer, ServerTransaction transaction)
    {
        var usage = peer.Usage!;
        var passed = usage.Dialog.CreateRequest(transaction.Request.Method);
        SessionHeaders.Pass(transaction.Request, passed, leg.IsUnnamed);
        if (transaction.Request.Headers.GetText(SipHeaderId.ContentType) is { } type)
        {
            passed.SetBody(type, transaction.Request.Body);
        }

        usage.Send(passed, (_, response) =>
        {
            if (response.StatusCode >= 300 && !transaction.IsAnswered && Answers.IsForServer(response.StatusCode))
            {
                transaction.Respond(Answers.InSession, null, []);
            }
            else if (response.StatusCode >= 200 && !transaction.IsAnswered)
            {
                transaction.Respond(response.StatusCode, response.ReasonPhrase, [.. SessionHeaders.OfResponse(response, peer.IsUnnamed)]);
            }
        });
    }
}
