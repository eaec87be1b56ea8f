using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>The door of one-to-one sessions and large messages: an INVITE to a user of the domain.</summary>
public sealed class SessionRequests(SessionServices services) : IRequestHandler, ISessionDialogs
{
    private readonly SessionTable _table = new(services.Options);
    private bool _isStopping;

    /// <summary>Sessions, those that ring included.</summary>
    public int Count => _table.Count;

    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var aor = services.Addresses.AorOf(destination.Name);
        var refusal = _isStopping ? SessionRefusal.Stopping : _table.Check(caller);
        SessionBody? body = null;
        if (refusal == SessionRefusal.None)
        {
            refusal = SessionBody.Read(transaction.Request, out body);
        }

        if (refusal == SessionRefusal.None)
        {
            refusal = SessionRefusals.Of(CpimIdentity.Check(services.Addresses, transaction.Request, caller.Aor));
        }

        if (refusal == SessionRefusal.None && body!.IsFileLargerThan(services.Options.MaximumMessageSize))
        {
            refusal = SessionRefusal.TooLarge;
        }

        if (refusal == SessionRefusal.None)
        {
            refusal = Begin(transaction, caller, aor, body!);
        }

        if (refusal != SessionRefusal.None)
        {
            services.Refuse(transaction, refusal);
        }
    }

    public ReplacesHeader? FindPeerDialog(string callId, string localTag, string remoteTag) => _table.FindPeerDialog(callId, localTag, remoteTag);

    /// <summary>Ends everything; nothing new begins.</summary>
    public void Close()
    {
        _isStopping = true;
        _table.EndAll(SessionEnd.Stopping);
    }

    /// <summary>Calls back when every BYE has been answered.</summary>
    public void WhenNone(Action callback) => services.Legs.WhenNone(callback);

    private SessionRefusal Begin(ServerTransaction transaction, Caller caller, string aor, SessionBody body)
    {
        var contacts = CallerPreferences.Of(transaction.Request).Select(services.Locations.Find(aor)).Where(contact => !IsCaller(contact, transaction)).ToList();
        if (contacts.Count == 0)
        {
            return SessionRefusal.Offline;
        }

        MsrpEndpoint? endpoint = null;
        if (IsAnchored(transaction, contacts, body.Description))
        {
            endpoint = body.Description is { } offer && WantsTls(offer) ? services.SecureEndpoint : services.Endpoint;
            if (endpoint is null)
            {
                return SessionRefusal.OfferNotAcceptable;
            }
        }

        var session = new Session(services, _table, transaction, caller, SipUri.Parse(aor), endpoint);
        _table.Add(session);
        return session.Start(contacts, body);
    }

    /// <summary>The very device that calls: who calls himself wants his others.</summary>
    private static bool IsCaller(RegisteredContact contact, ServerTransaction invite) =>
        contact.Flow == invite.Flow && contact.Uri.IsEquivalentTo(invite.Request.Contact!.Uri);

    // An offer that is not made yet is made in the server's name; one that goes directly tells where its maker is.
    private bool IsAnchored(ServerTransaction invite, List<RegisteredContact> contacts, SessionDescription? offer) => services.Options.Mode switch
    {
        _ when offer is null || Anonymity.IsAsked(invite.Request) => true,
        SessionMode.Direct => false,
        SessionMode.Auto => !Reachability.IsMutual(invite.Flow, offer, contacts),
        _ => true,
    };

    private static bool WantsTls(SessionDescription offer) =>
        MsrpStream.Find(offer, out var stream) == SdpRejection.None && string.Equals(stream!.Media.Protocol, MsrpMedia.OverTls, StringComparison.Ordinal);
}
