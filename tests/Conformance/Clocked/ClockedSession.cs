using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>A session of our stack with the test, on a clock that the test moves. Whatever the test asks for, our side accepts.</summary>
internal sealed class ClockedSession : IInviteHandler, IDisposable
{
    private const string Sdp = "application/sdp";

    private static readonly SipUri Contact = SipUri.Parse("sip:us@192.0.2.1");

    private int _sequence = 1;

    private ClockedSession(SipProtocol protocol) => Stack = new ClockedStack(protocol, dialogs: true);

    public ClockedStack Stack { get; }

    public InviteUsage Usage { get; private set; } = null!;

    public DialogEnd? End { get; private set; }

    /// <summary>The test has called, and our side has accepted: its 200 has left, and no ACK has come.</summary>
    public static ClockedSession Called(string headers = "", SipProtocol protocol = SipProtocol.Udp)
    {
        var session = new ClockedSession(protocol);
        session.Stack.Receive(session.Request("INVITE", headers: "Contact: <sip:them@192.0.2.2>\r\n" + headers, toTag: false));
        session.Usage = session.Stack.Dialogs.AcceptInvite(session.Stack.Received[0], session, Contact, null, Sdp, "answer"u8.ToArray());
        session.Stack.Pass(0);
        return session;
    }

    /// <summary>Our side has called; its INVITE has left.</summary>
    public static ClockedSession Calling(SipProtocol protocol = SipProtocol.Udp)
    {
        var session = new ClockedSession(protocol);
        var invite = SipRequests.Create(SipMethod.Invite);
        invite.SetBody(Sdp, "offer"u8.ToArray());
        session.Usage = session.Stack.Dialogs.Invite(invite, session.Stack.Flow, session);
        session.Stack.Pass(0);
        return session;
    }

    /// <summary>The test answers the last request.</summary>
    public void Answer(int status, string headers = "", string tag = "t1") => Stack.Answer(status, "Contact: <sip:them@192.0.2.2>\r\n" + headers, tag);

    /// <summary>The test acknowledges the 200 of our side.</summary>
    public void Acknowledge() => Stack.Receive(Request("ACK", sequence: _sequence, branch: "ack" + _sequence));

    /// <summary>A further request of the test within the session that it has begun.</summary>
    public void Ask(string method, string headers = "") => Stack.Receive(Request(method, ++_sequence, "more" + _sequence, headers));

    public void OnProgress(InviteUsage usage, SipMessage response)
    {
    }

    public void OnConfirmed(InviteUsage usage, SipMessage message)
    {
    }

    public void OnRejected(InviteUsage usage, SipMessage response)
    {
    }

    public void OnReinvite(InviteUsage usage, ServerTransaction transaction) => usage.AcceptReinvite(transaction, Sdp, "answer"u8.ToArray());

    public void OnRequest(InviteUsage usage, ServerTransaction transaction) => transaction.Respond(200);

    public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye) => End = reason;

    public void Dispose() => Stack.Dispose();

    /// <summary>Our side asks for another description.</summary>
    public void Reinvite()
    {
        Usage.Reinvite(Sdp, Encoding.ASCII.GetBytes("another offer"), static (_, _) => { });
        Stack.Pass(0);
    }

    private string Request(string method, int sequence = 1, string branch = "b1", string headers = "", bool toTag = true) => new RequestText(method, "192.0.2.2:5060", branch)
    {
        Uri = Contact.ToString(),
        From = "<sip:them@example.com>;tag=them1",
        To = toTag ? Stack.Sent.First(static sent => sent.Status == 200)["To"] : "<sip:us@example.com>",
        CallId = "session@test",
        CSeq = $"{sequence} {method}",
        Headers = headers,
    }.ToString();
}
