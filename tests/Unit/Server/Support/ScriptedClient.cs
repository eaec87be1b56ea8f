using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>A client that does what a test says: sends a request, answers a challenge, takes what the server asks.</summary>
internal sealed class ScriptedClient(TestServer server, string user, MemoryFlow flow)
{
    private readonly List<SipMessage> _responses = [];
    private DigestChallenge? _challenge;
    private int _nonceCount;
    private uint _cseq;
    private int _read;

    public string User => user;

    public string Aor => $"sip:{user}@localhost";

    public string Password { get; set; } = user + "-secret";

    public string Contact { get; set; } = $"sip:{user}@{flow.Remote}";

    public MemoryFlow Flow => flow;

    public TestServer Server => server;

    /// <summary>Requests that the server sent, in order, answered or not.</summary>
    public List<SipMessage> Requests { get; } = [];

    /// <summary>What to answer to the server's requests; 0 answers nothing.</summary>
    public Func<SipMessage, int> Answer { get; set; } = request => request.Method == SipMethod.Invite ? 0 : 200;

    /// <summary>A request outside a dialog, ready to be sent or spoilt.</summary>
    public SipMessage Request(SipMethod method, string uri, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var request = SipMessage.CreateRequest(method, SipUri.Parse(uri));
        request.Headers.Add(SipHeaderId.Via, $"SIP/2.0/{flow.ViaTransport} {flow.Remote};branch=z9hG4bK{RandomToken.Create()};rport");
        request.Headers.Add(SipHeaderId.From, $"<{Aor}>;tag={RandomToken.Create()}");
        request.Headers.Add(SipHeaderId.To, method == SipMethod.Register ? $"<{Aor}>" : $"<{uri}>");
        request.Headers.Add(SipHeaderId.CallId, RandomToken.Create());
        request.Headers.Add(SipHeaderId.CSeq, Next(method));
        if (method == SipMethod.Invite || method == SipMethod.Subscribe || method == SipMethod.Refer)
        {
            request.Headers.Add(SipHeaderId.Contact, $"<{Contact}>");
        }

        foreach (var (id, value) in headers)
        {
            request.Headers.Add(id, value);
        }

        return request;
    }

    public SipMessage Register(string expires = "3600", string? contact = null) =>
        Call(Request(SipMethod.Register, "sip:localhost", (SipHeaderId.Contact, contact ?? $"<{Contact}>"), (SipHeaderId.Expires, expires)));

    /// <summary>Sends a request as it is and returns the final response.</summary>
    public SipMessage Send(SipMessage request)
    {
        server.Receive(request, flow);
        return ResponseTo(request) ?? throw new InvalidOperationException($"{request.Method} got no final response");
    }

    /// <summary>Sends a request, answers the challenge, and returns the final response to the second attempt.</summary>
    public SipMessage Call(SipMessage request)
    {
        var first = Send(request);
        if (first.StatusCode is not (401 or 407))
        {
            return first;
        }

        TakeChallenge(first);
        return Send(Authorize(Again(request), asProxy: first.StatusCode == 407));
    }

    public void TakeChallenge(SipMessage response)
    {
        _challenge = response.WWWAuthenticate?.Challenge ?? response.ProxyAuthenticate?.Challenge;
        _nonceCount = 0;
    }

    /// <summary>Adds credentials for the last challenge, with the next nonce count.</summary>
    public SipMessage Authorize(SipMessage request, bool asProxy = false, Func<DigestCredentials, DigestCredentials>? spoil = null)
    {
        var credentials = DigestCredentials.Answer(
            _challenge!, user, Password, request.Method, request.RequestUri.ToString(), ++_nonceCount, RandomToken.Create());
        var header = asProxy ? SipHeaderId.ProxyAuthorization : SipHeaderId.Authorization;
        request.Headers.Set(header, (spoil?.Invoke(credentials) ?? credentials).ToString());
        return request;
    }

    /// <summary>The same request as a new transaction.</summary>
    public SipMessage Again(SipMessage request)
    {
        request.Headers.Set(SipHeaderId.Via, $"SIP/2.0/{flow.ViaTransport} {flow.Remote};branch=z9hG4bK{RandomToken.Create()};rport");
        request.Headers.Set(SipHeaderId.CSeq, Next(request.Method));
        return request;
    }

    public SipMessage? ResponseTo(SipMessage request) => _responses.FindLast(response =>
        response.StatusCode >= 200
        && response.CSeq!.Number == request.CSeq!.Number
        && string.Equals(response.CallId!.Value, request.CallId!.Value, StringComparison.Ordinal));

    /// <summary>Responds to a request of the server.</summary>
    public void Respond(SipMessage request, int status, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers) => Respond(request, status, null, headers);

    public void Respond(SipMessage request, int status, string? sdp, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var response = SipMessage.CreateResponse(request, status);
        if (response.To!.Tag is null)
        {
            response.Headers.Set(SipHeaderId.To, request.Headers.GetText(SipHeaderId.To) + ";tag=" + user + RandomToken.Create(40));
        }

        response.Headers.Add(SipHeaderId.Contact, $"<{Contact}>");
        foreach (var (id, value) in headers)
        {
            response.Headers.Add(id, value);
        }

        if (sdp is not null)
        {
            response.SetBody("application/sdp", System.Text.Encoding.UTF8.GetBytes(sdp));
        }

        server.Transport.ReceiveDatagram(response.ToArray(), flow);
    }

    /// <summary>Sorts what has come; true when something was answered.</summary>
    public bool Pump()
    {
        var worked = false;
        while (_read < flow.Sent.Count)
        {
            var message = flow.Sent[_read++];
            worked = true;
            if (!message.IsRequest)
            {
                _responses.Add(message);
                continue;
            }

            Requests.Add(message);
            var status = message.Method == SipMethod.Ack ? 0 : Answer(message);
            if (status > 0)
            {
                Respond(message, status, []);
            }
        }

        return worked;
    }

    /// <summary>Forgets what has come and gone, so that what the server keeps can be weighed.</summary>
    public void Forget()
    {
        flow.Sent.Clear();
        Requests.Clear();
        _responses.Clear();
        _read = 0;
    }

    private string Next(SipMethod method) => (++_cseq).ToString(CultureInfo.InvariantCulture) + " " + method;
}
