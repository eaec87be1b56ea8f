using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>Our SIP stack on a clock that the test moves. The test is its peer, byte by byte: what takes half a minute on the wire takes none here.</summary>
internal sealed class ClockedStack : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SipNode _node;

    public ClockedStack(SipProtocol protocol = SipProtocol.Udp, bool dialogs = false, SessionTimerOptions? sessionTimers = null)
    {
        _node = new SipNode(_time, sessionTimers: sessionTimers, dialogs: dialogs);
        Flow = new WireFlow(protocol, _time);
        if (dialogs)
        {
            _node.Dialogs.OutOfDialogRequest += Received.Add;
        }
        else
        {
            _node.Transactions.RequestReceived += Received.Add;
        }

        _node.Transactions.AckReceived += (_, _) => Acknowledged++;
    }

    public WireFlow Flow { get; }

    public DialogLayer Dialogs => _node.Dialogs;

    /// <summary>New requests that reached whoever uses the stack.</summary>
    public List<ServerTransaction> Received { get; } = [];

    /// <summary>The ACKs for a 2xx that reached him.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>The status codes that he heard for the requests that he sent.</summary>
    public List<int> Heard { get; } = [];

    /// <summary>All that left.</summary>
    public IReadOnlyList<SipText> Sent => [.. Flow.Sent.Select(static sent => sent.Message)];

    /// <summary>"INVITE", "200".</summary>
    public IEnumerable<string> SentInShort => Sent.Select(Short);

    /// <summary>When something of that kind left, in seconds.</summary>
    public IEnumerable<double> TimesOf(string kind) => Flow.Sent.Where(sent => Short(sent.Message) == kind).Select(static sent => Math.Round(sent.At, 3));

    public ClientTransaction Send(SipMethod method) => Send(SipRequests.Create(method));

    public ClientTransaction Send(SipMessage request)
    {
        var transaction = _node.Transactions.Send(request, Flow, (_, response) => Heard.Add(response.StatusCode));
        Pass(0);
        return transaction;
    }

    public void Receive(string message)
    {
        _node.Transport.ReceiveDatagram(Encoding.Latin1.GetBytes(message), Flow);
        Pass(0);
    }

    /// <summary>Answers the last request that left.</summary>
    public void Answer(int status, string headers = "", string tag = "t1", string body = "") => Receive(Sent.Last(static sent => !sent.IsResponse).Answer(status, "Said", headers, body, tag));

    public void Pass(double seconds) => _time.Run(TimeSpan.FromSeconds(seconds), _node.Loop);

    /// <summary>The transport has no sockets to close.</summary>
    public void Dispose() => _node.Dispose();

    private static string Short(SipText message) => message.IsResponse ? message.StartLine.Split(' ')[1] : message.Method;
}
