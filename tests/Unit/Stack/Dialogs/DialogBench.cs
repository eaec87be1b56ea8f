using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Stack.Dialogs;

/// <summary>Alice calls and subscribes, Bob answers; between them a flow on which messages may get lost.</summary>
internal sealed class DialogBench : IDisposable
{
    public const string Sdp = "application/sdp";

    private readonly FakeTimeProvider _time = new();

    public DialogBench(SipProtocol protocol = SipProtocol.Udp, SessionTimerOptions? aliceTimers = null, SessionTimerOptions? bobTimers = null)
    {
        Alice = new SipNode(_time, sessionTimers: aliceTimers);
        Bob = new SipNode(_time, sessionTimers: bobTimers);
        (ToBob, ToAlice) = MemoryFlow.Join(Alice.Transport, Bob.Transport, protocol);
    }

    public SipNode Alice { get; }

    public SipNode Bob { get; }

    public MemoryFlow ToBob { get; }

    public MemoryFlow ToAlice { get; }

    public static SipUri BobContact { get; } = SipUri.Parse("sip:bob@192.0.2.2");

    public static byte[] Body(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static string Text(SipMessage message) => System.Text.Encoding.UTF8.GetString(message.Body.Span);

    public void Pass(double seconds) => _time.Run(TimeSpan.FromSeconds(seconds), Alice.Loop, Bob.Loop);

    /// <summary>Bob answers every INVITE with 200.</summary>
    public InviteRecorder BobAccepts(string recordRoute = "")
    {
        var bob = new InviteRecorder();
        Bob.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (transaction.Request.Method == SipMethod.Invite)
            {
                bob.Usage = Bob.Dialogs.AcceptInvite(transaction, bob, BobContact, [(SipHeaderId.Contact, "<sip:bob@192.0.2.2>;isfocus")], Sdp, Body("answer 1"));
            }
        };
        return bob;
    }

    public InviteRecorder AliceInvites(Action<SipMessage>? change = null)
    {
        var alice = new InviteRecorder();
        var invite = SipRequests.Create(SipMethod.Invite);
        invite.SetBody(Sdp, Body("offer 1"));
        change?.Invoke(invite);
        alice.Usage = Alice.Dialogs.Invite(invite, ToBob, alice);
        return alice;
    }

    /// <summary>A session that stands.</summary>
    public (InviteRecorder Alice, InviteRecorder Bob) Establish()
    {
        var bob = BobAccepts();
        var alice = AliceInvites();
        Pass(0);
        return (alice, bob);
    }

    public void Dispose()
    {
        Alice.Dispose();
        Bob.Dispose();
    }
}
