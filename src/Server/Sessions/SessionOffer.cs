using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>
/// A re-INVITE or UPDATE of one side with an offer. Where the messages run through the server, a new path is between that side and the server
/// (RFC 4975 section 5.4); only what is news to the other side goes there. Where they do not, everything does.
/// </summary>
internal sealed class SessionOffer
{
    private readonly SessionServices _services;
    private readonly SessionLeg _leg;
    private readonly SessionLeg _peer;
    private readonly ServerTransaction _transaction;
    private readonly SessionBody _body;

    private SessionOffer(SessionServices services, SessionLeg leg, SessionLeg peer, ServerTransaction transaction, SessionBody body)
    {
        _services = services;
        _leg = leg;
        _peer = peer;
        _transaction = transaction;
        _body = body;
    }

    public static void Handle(SessionServices services, SessionLeg leg, SessionLeg? peer, ServerTransaction transaction)
    {
        var unsupported = SessionHeaders.Unsupported(transaction.Request);
        SessionBody? body = null;
        var refusal = unsupported is not null ? SessionRefusal.BadExtension
            : peer is null || peer.IsOffering ? SessionRefusal.Pending
            : SessionBody.Read(transaction.Request, out body);
        if (refusal == SessionRefusal.None)
        {
            refusal = SessionRefusals.Of(CpimIdentity.Check(services.Addresses, transaction.Request, leg.Session.AorOf(leg), leg.IsUnnamed));
        }

        if (refusal == SessionRefusal.None && body!.IsFileLargerThan(services.Options.MaximumMessageSize))
        {
            refusal = SessionRefusal.TooLarge;
        }

        if (refusal != SessionRefusal.None)
        {
            services.Refuse(transaction, refusal, unsupported);
        }
        else if (body!.Description is null)
        {
            // A re-INVITE without an offer asks for ours, which is what it was.
            leg.Usage!.AcceptReinvite(transaction, leg.Given!.ContentType, leg.Given.Bytes);
        }
        else
        {
            new SessionOffer(services, leg, peer!, transaction, body).Handle();
        }
    }

    private void Handle()
    {
        if (_leg.Media is null || _peer.Media is null)
        {
            PassOn(_body, answer => AnswerWith(answer));
        }
        else if (MsrpStream.Find(_body.Description!, out var offer) != SdpRejection.None)
        {
            Refuse(SessionRefusal.OfferNotAcceptable);
        }
        else if (_peer.Media.IsNews(offer!))
        {
            _peer.Media.Recover();
            PassOn(offer!);
        }
        else
        {
            Answer(offer!, _leg.Media.Sent!);
        }
    }

    private void PassOn(MsrpStream offer)
    {
        var forPeer = _peer.Media!.Offer(offer);
        PassOn(_body.With(forPeer), answer => OnAnswer(offer, forPeer, answer));
    }

    private void PassOn(SessionBody offer, Action<SessionBody> onAnswer)
    {
        if (_peer.Usage is not { MayOffer: true } usage)
        {
            Refuse(SessionRefusal.Pending);
            return;
        }

        _leg.IsOffering = true;
        _transaction.Cancelled += usage.CancelReinvite;
        usage.Reinvite(offer.ContentType, offer.Bytes, (_, response) =>
        {
            // The side that offered may have cancelled too late: what the other one agrees to holds all the same.
            _transaction.Cancelled -= usage.CancelReinvite;
            _leg.IsOffering = false;
            if (response.StatusCode >= 300)
            {
                Refuse(response);
            }
            else if (SessionBody.Read(response, out var answer) == SessionRefusal.None && answer.Description is not null)
            {
                _peer.Given = offer;
                onAnswer(answer);
            }
            else
            {
                Refuse(SessionRefusal.AnswerNotAcceptable);
            }
        });
    }

    private void OnAnswer(MsrpStream offer, SessionDescription forPeer, SessionBody body)
    {
        _peer.Media!.Note(forPeer);
        if (MsrpStream.Find(body.Description!, out var answer) != SdpRejection.None
            || _peer.Media.TakeAnswer(answer!.Media, _peer.Usage!.Dialog.Flow) != SessionRefusal.None)
        {
            Refuse(SessionRefusal.AnswerNotAcceptable);
            return;
        }

        if (_peer.Media.HasMoved)
        {
            PassOn(offer); // once: what has moved takes any path
            return;
        }

        _peer.Media.Await(_peer.Usage!);
        _peer.Media.Connect();
        Answer(offer, answer!);
    }

    private void Answer(MsrpStream offer, MsrpStream peers)
    {
        if (_transaction.IsAnswered)
        {
            return;
        }

        var refusal = _leg.Media!.TakeOffer(offer.Media, _transaction.Flow);
        if (refusal != SessionRefusal.None)
        {
            Refuse(refusal);
            return;
        }

        var answer = _leg.Media.Answer(offer, peers);
        _leg.Media.Note(answer);
        _leg.Media.Await(_leg.Usage!);
        AnswerWith(_body.With(answer), _leg.Media.Connect);
    }

    private void AnswerWith(SessionBody answer, Action? acknowledged = null)
    {
        if (!_transaction.IsAnswered)
        {
            _leg.Given = answer;
            _leg.Usage!.AcceptReinvite(_transaction, answer.ContentType, answer.Bytes, acknowledged);
        }
    }

    private void Refuse(SessionRefusal refusal)
    {
        if (!_transaction.IsAnswered)
        {
            _services.Refuse(_transaction, refusal);
        }
    }

    /// <summary>Passes the other side's refusal on.</summary>
    private void Refuse(SipMessage response)
    {
        if (_transaction.IsAnswered)
        {
            return;
        }

        if (Answers.IsForServer(response.StatusCode))
        {
            _transaction.Respond(Answers.InSession, null, []);
            return;
        }

        var passed = _transaction.CreateResponse(response.StatusCode, response.ReasonPhrase);
        foreach (var (id, value) in SessionHeaders.OfResponse(response, _peer.IsUnnamed))
        {
            passed.Headers.Set(id, value);
        }

        _transaction.Respond(passed);
    }
}
