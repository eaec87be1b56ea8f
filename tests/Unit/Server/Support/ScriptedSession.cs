using System.Globalization;
using System.Text;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>A client's end of a dialog with a room.</summary>
internal sealed class ScriptedSession
{
    private readonly string _local;
    private readonly string _remote;
    private readonly string _target;
    private uint _cseq = 1_000;

    private ScriptedSession(ScriptedClient client, string callId, string local, string remote, string target, SipMessage description)
    {
        Client = client;
        CallId = callId;
        _local = local;
        _remote = remote;
        _target = target;
        Description = Encoding.UTF8.GetString(description.Body.Span);
    }

    public ScriptedClient Client { get; }

    public string CallId { get; }

    /// <summary>The server's session description.</summary>
    public string Description { get; }

    public static string Offer(
        string setup = "active", string path = "msrp://127.0.0.1:9/client4711;tcp", string acceptTypes = "message/cpim",
        string protocol = "TCP/MSRP", string chatroom = "a=chatroom:nickname private-messages\r\n") =>
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" +
        $"m=message 9 {protocol} *\r\na=accept-types:{acceptTypes}\r\na=accept-wrapped-types:*\r\na=setup:{setup}\r\na=path:{path}\r\n{chatroom}";

    /// <summary>Joins a room; the MSRP connection does not come by itself.</summary>
    public static ScriptedSession Join(ScriptedClient client, string room, string? offer = null)
    {
        var invite = Invite(client, room, offer ?? Offer());
        var response = client.Call(invite);
        Assert200(response);
        return Established(client, invite, response);
    }

    public static SipMessage Invite(ScriptedClient client, string room, string? offer, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var invite = client.Request(SipMethod.Invite, room, headers);
        if (offer is not null)
        {
            invite.SetBody("application/sdp", Encoding.UTF8.GetBytes(offer));
        }

        return invite;
    }

    /// <summary>Acknowledges the 200 to an INVITE of the client.</summary>
    public static ScriptedSession Established(ScriptedClient client, SipMessage invite, SipMessage response, string? answer = null)
    {
        var session = new ScriptedSession(
            client,
            invite.CallId!.Value,
            invite.Headers.GetText(SipHeaderId.From)!,
            response.Headers.GetText(SipHeaderId.To)!,
            response.Contact!.Uri.ToString(),
            response);
        var ack = session.Request(SipMethod.Ack);
        ack.Headers.Set(SipHeaderId.CSeq, invite.CSeq!.Number.ToString(CultureInfo.InvariantCulture) + " ACK");
        if (answer is not null)
        {
            ack.SetBody("application/sdp", Encoding.UTF8.GetBytes(answer));
        }

        client.Server.Receive(ack, client.Flow);
        return session;
    }

    /// <summary>Accepts an INVITE of the server.</summary>
    public static ScriptedSession Accept(
        ScriptedClient client, SipMessage invite, string? answer = null, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var tag = ";tag=" + RandomToken.Create(40);
        var response = SipMessage.CreateResponse(invite, 200);
        response.Headers.Set(SipHeaderId.To, invite.Headers.GetText(SipHeaderId.To) + tag);
        response.Headers.Add(SipHeaderId.Contact, $"<{client.Contact}>");
        foreach (var (id, value) in headers)
        {
            response.Headers.Add(id, value);
        }

        response.SetBody("application/sdp", Encoding.UTF8.GetBytes(answer ?? Offer()));
        client.Server.Receive(response, client.Flow);
        return new ScriptedSession(
            client,
            invite.CallId!.Value,
            invite.Headers.GetText(SipHeaderId.To) + tag,
            invite.Headers.GetText(SipHeaderId.From)!,
            invite.Contact!.Uri.ToString(),
            invite);
    }

    /// <summary>A request within the dialog.</summary>
    public SipMessage Request(SipMethod method, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var request = SipMessage.CreateRequest(method, SipUri.Parse(_target));
        request.Headers.Add(SipHeaderId.Via, $"SIP/2.0/{Client.Flow.ViaTransport} {Client.Flow.Remote};branch=z9hG4bK{RandomToken.Create()};rport");
        request.Headers.Add(SipHeaderId.From, _local);
        request.Headers.Add(SipHeaderId.To, _remote);
        request.Headers.Add(SipHeaderId.CallId, CallId);
        request.Headers.Add(SipHeaderId.CSeq, (++_cseq).ToString(CultureInfo.InvariantCulture) + " " + method);
        request.Headers.Add(SipHeaderId.Contact, $"<{Client.Contact}>");
        foreach (var (id, value) in headers)
        {
            request.Headers.Add(id, value);
        }

        return request;
    }

    /// <summary>The ACK for a response within the dialog.</summary>
    public SipMessage Ack(SipMessage response)
    {
        var ack = Request(SipMethod.Ack);
        ack.Headers.Set(SipHeaderId.CSeq, response.CSeq!.Number.ToString(CultureInfo.InvariantCulture) + " ACK");
        return ack;
    }

    public SipMessage Send(SipMethod method, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers) => Client.Send(Request(method, headers));

    public SipMessage Subscribe(string expires = "3600") =>
        Send(SipMethod.Subscribe, (SipHeaderId.Event, "conference"), (SipHeaderId.Expires, expires), (SipHeaderId.Accept, ConferenceInfo.ContentType));

    public SipMessage Refer(string referTo, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers) =>
        Send(SipMethod.Refer, [(SipHeaderId.ReferTo, referTo), .. headers]);

    /// <summary>Whether the server said BYE in this dialog.</summary>
    public bool IsEndedByServer => Client.Requests.Any(request =>
        request.Method == SipMethod.Bye && string.Equals(request.CallId!.Value, CallId, StringComparison.Ordinal));

    /// <summary>The roster documents that came in this dialog, in order.</summary>
    public List<ConferenceInfo> Rosters => [.. RosterDocuments.Of(Client, CallId)];

    private static void Assert200(SipMessage response)
    {
        if (response.StatusCode != 200)
        {
            throw new InvalidOperationException($"The INVITE got {response.StatusCode} {response.ReasonPhrase}");
        }
    }
}
