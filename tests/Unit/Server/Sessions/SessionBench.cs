using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>A server, Alice who calls, and Bob whose devices ring.</summary>
public abstract class SessionBench : IDisposable
{
    protected const string BobAor = "sip:bob@localhost";

    private readonly TestServer _server;

    protected SessionBench()
        : this(new SessionOptions())
    {
    }

    protected SessionBench(SessionOptions options, bool isSecure = false)
    {
        _server = new TestServer(TestServer.Options with { Sessions = options }, isSecure);
        Alice = Registered("alice");
    }

    private protected TestServer Server => _server;

    private protected ScriptedClient Alice { get; }

    public virtual void Dispose()
    {
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected ScriptedClient Registered(string user, SipProtocol protocol = SipProtocol.Tcp, string parameters = "")
    {
        var client = _server.Client(user, protocol);
        Assert.Equal(200, client.Register(contact: $"<{client.Contact}>{parameters}").StatusCode);
        return client;
    }

    /// <summary>A client's description: of Alice, unless said otherwise.</summary>
    internal static string Sdp(
        string name = "alice", string setup = "actpass", string protocol = "TCP/MSRP", int port = 7_394, string more = "", string host = "127.0.0.1") =>
        $"v=0\r\no=- 4711 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=message {port} {protocol} *\r\n" +
        $"a=accept-types:message/cpim text/plain\r\na=accept-wrapped-types:image/jpeg\r\n{(setup.Length > 0 ? $"a=setup:{setup}\r\n" : "")}" +
        $"a=path:{(protocol == "TCP/TLS/MSRP" ? "msrps" : "msrp")}://{host}:{port}/{name};tcp\r\n{more}";

    /// <summary>An INVITE of Alice, credentials included, under way.</summary>
    private protected SipMessage Call(string uri = BobAor, string? sdp = null, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers) =>
        Call(Alice, ScriptedSession.Invite(Alice, uri, sdp ?? Sdp(), headers));

    private protected SipMessage Call(ScriptedClient caller, SipMessage invite)
    {
        var challenge = caller.Send(invite);
        Assert.Contains(challenge.StatusCode, new[] { 401, 407 });
        caller.TakeChallenge(challenge);
        var again = caller.Authorize(caller.Again(invite), asProxy: challenge.StatusCode == 407);
        _server.Receive(again, caller.Flow);
        return again;
    }

    /// <summary>The INVITE that came to a device.</summary>
    private protected static SipMessage Invited(ScriptedClient device) =>
        device.Requests.FindLast(request => request.Method == SipMethod.Invite) ?? throw new InvalidOperationException("Nobody called " + device.User);

    /// <summary>A session of Alice with a device of Bob's.</summary>
    private protected (ScriptedSession Alice, ScriptedSession Bob) Established(ScriptedClient bob, string? offer = null, string? answer = null)
    {
        var invite = Call(sdp: offer);
        var callee = ScriptedSession.Accept(bob, Invited(bob), answer ?? Sdp("bob", "active"));
        var response = Alice.ResponseTo(invite)!;
        Assert.Equal(200, response.StatusCode);
        return (ScriptedSession.Established(Alice, invite, response), callee);
    }

    internal static string Body(SipMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    /// <summary>The value of an a= line, or null.</summary>
    internal static string? Attribute(string sdp, string name) =>
        sdp.Split("\r\n").FirstOrDefault(line => line.StartsWith($"a={name}:", StringComparison.Ordinal))?[(name.Length + 3)..];

    /// <summary>Provisional responses that came to a client.</summary>
    private protected static IEnumerable<int> Progress(ScriptedClient client) =>
        client.Flow.Sent.Where(message => !message.IsRequest && message.StatusCode is > 100 and < 200).Select(message => message.StatusCode);

    private protected static IEnumerable<SipMessage> Received(ScriptedClient client, SipMethod method) => client.Requests.Where(request => request.Method == method);
}
