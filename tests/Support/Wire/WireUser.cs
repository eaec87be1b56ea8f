using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OmaIm.Tests.Support.Wire;

/// <summary>
/// A user agent over TCP that says what a test tells it to, byte by byte; it answers challenges and numbers its requests, and nothing else
/// is done for it.
/// </summary>
public sealed partial class WireUser : WireStream<SipText>
{
    private readonly string _password;
    private int _sequence;

    private WireUser(Socket socket, string user, string password)
        : base(socket)
    {
        User = user;
        _password = password;
    }

    public string User { get; }

    /// <summary>Its address-of-record.</summary>
    public string Address => $"sip:{User}@localhost";

    /// <summary>Where the server reaches it.</summary>
    public string ContactUri => $"sip:{User}@{Local};transport=tcp";

    /// <summary>Parameters behind the Contact, such as feature tags; they begin with a semicolon.</summary>
    public string ContactParameters { get; init; } = "";

    /// <summary>How its requests are spelled: what turns the usual text of one into what goes over the wire.</summary>
    public Func<string, string> Spelling { get; set; } = static text => text;

    /// <summary>The last request that it sent, as it went over the wire.</summary>
    public string LastRequest { get; private set; } = "";

    /// <summary>Connects; the password is that of a demo account unless given.</summary>
    public static async Task<WireUser> ConnectAsync(EndPoint server, string user, string? password = null, string contactParameters = "")
    {
        var wire = new WireUser(await ConnectAsync(server), user, password ?? user + "-secret") { ContactParameters = contactParameters };
        wire.Begin();
        return wire;
    }

    /// <summary>Waits for a client that takes the test for its server.</summary>
    public static async Task<WireUser> AcceptAsync(Socket listener, string user = "")
    {
        using var timeout = new CancellationTokenSource(Patience);
        var wire = new WireUser(await listener.AcceptAsync(timeout.Token), user, "");
        wire.Begin();
        return wire;
    }

    public static string NewId() => "w" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Registers its contact and expects to be let.</summary>
    public async Task RegisterAsync(string headers = "")
    {
        var response = await RequestAsync("REGISTER", "sip:localhost", $"Contact: <{ContactUri}>{ContactParameters}\r\nExpires: 600\r\n{headers}", to: Address);
        Expect(response, 200);
    }

    /// <summary>Registers and is connected in one.</summary>
    public static async Task<WireUser> RegisteredAsync(EndPoint server, string user, string contactParameters = "")
    {
        var wire = await ConnectAsync(server, user, contactParameters: contactParameters);
        await wire.RegisterAsync();
        return wire;
    }

    /// <summary>Sends a request outside of dialogs, with credentials when they are asked for; returns its final response.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="headers">Further header lines, each with its CRLF.</param>
    /// <param name="body">Its body; Content-Type stands among the headers.</param>
    /// <param name="to">What To says, if not the Request-URI.</param>
    /// <param name="from">What From says, if not this user.</param>
    public async Task<SipText> RequestAsync(string method, string uri, string headers = "", string body = "", string? to = null, string? from = null)
    {
        var dialog = new WireDialog(this, NewId(), $"<{from ?? Address}>;tag={NewId()}", $"<{to ?? uri}>", uri);
        return await RequestAsync(dialog, method, headers, body);
    }

    /// <summary>Sends a request of a dialog, or of one that it may make.</summary>
    internal async Task<SipText> RequestAsync(WireDialog dialog, string method, string headers, string body)
    {
        var response = await SendAsync(dialog, method, headers, body);
        if (response.Status is not (401 or 407))
        {
            return response;
        }

        if (method == "INVITE")
        {
            await AckAsync(dialog, response);
        }

        return await SendAsync(dialog, method, Credentials(response, method, dialog.Target) + headers, body);
    }

    /// <summary>The next request of that method which the server sends.</summary>
    public Task<SipText> IncomingAsync(string method) => NextAsync(message => message.Method == method, method);

    /// <summary>Answers a request of the server.</summary>
    public Task RespondAsync(SipText request, int status, string phrase = "Said", string headers = "", string body = "", string tag = "") =>
        SendAsync(request.Answer(status, phrase, headers, body, tag));

    /// <summary>INVITE with an offer; 2xx is acknowledged, other finals as well (RFC 3261 sections 13.2.2.4 and 17.1.1.3).</summary>
    public async Task<WireDialog> InviteAsync(string uri, string sdp, string headers = "", string contentType = "application/sdp", string? from = null)
    {
        var dialog = new WireDialog(this, NewId(), $"<{from ?? Address}>;tag={NewId()}", $"<{uri}>", uri);
        var response = await RequestAsync(
            dialog, "INVITE", $"Contact: <{ContactUri}>{ContactParameters}\r\n{headers}Content-Type: {contentType}\r\n", sdp);
        dialog.Answered(response);
        await AckAsync(dialog, response);
        return dialog;
    }

    /// <summary>Accepts an INVITE of the server; the ACK has come when the task ends.</summary>
    public async Task<WireDialog> AcceptAsync(SipText invite, string sdp, string headers = "")
    {
        var tag = NewId();
        await RespondAsync(invite, 200, "OK", $"Contact: <{ContactUri}>{ContactParameters}\r\n{headers}Content-Type: application/sdp\r\n", sdp, tag);
        await NextAsync(message => message.Method == "ACK" && message["Call-ID"] == invite["Call-ID"], "ACK");
        return new WireDialog(this, invite["Call-ID"], $"{invite["To"]};tag={tag}", invite["From"], invite.Uri("Contact"));
    }

    /// <summary>A response of that status.</summary>
    public static void Expect(SipText response, int status)
    {
        if (response.Status != status)
        {
            throw new InvalidOperationException($"Expected {status}, but: {response}");
        }
    }

    protected override IEnumerable<SipText> Cut(string text, out int length)
    {
        var messages = new List<SipText>();
        length = 0;
        while (SipText.Read(text[length..], out var used) is { } message)
        {
            length += used;
            messages.Add(message);
        }

        return messages;
    }

    private async Task<SipText> SendAsync(WireDialog dialog, string method, string headers, string body)
    {
        var sequence = ++_sequence;
        LastRequest = Spelling(Head(dialog, method, sequence) + $"{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        await SendAsync(LastRequest);
        return await NextAsync(message => message.Status >= 200 && message["CSeq"] == $"{sequence} {method}" && message["Call-ID"] == dialog.CallId, "answer to " + method);
    }

    private Task AckAsync(WireDialog dialog, SipText response)
    {
        var isAccepted = response.Status < 300;
        var branch = isAccepted ? NewId() : response["Via"].Split("branch=z9hG4bK")[1].Split(';')[0];
        var sequence = int.Parse(response["CSeq"].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var to = response["To"];
        return SendAsync(Head(dialog with { To = to }, "ACK", sequence, branch) + "Content-Length: 0\r\n\r\n");
    }

    private string Head(WireDialog dialog, string method, int sequence, string? branch = null) =>
        $"{method} {dialog.Target} SIP/2.0\r\nVia: SIP/2.0/TCP {Local};branch=z9hG4bK{branch ?? NewId()};rport\r\nMax-Forwards: 70\r\n"
        + $"From: {dialog.From}\r\nTo: {dialog.To}\r\nCall-ID: {dialog.CallId}\r\nCSeq: {sequence} {method}\r\n";

    // RFC 2617 with MD5: the least that every server must take; computed here, so that the product's own digest is not its own witness.
    private string Credentials(SipText response, string method, string uri)
    {
        var name = response.Status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        var challenge = response.All(name).First(static value => value.Contains("MD5", StringComparison.OrdinalIgnoreCase));
        var parts = Parameter().Matches(challenge).ToDictionary(static match => match.Groups[1].Value, static match => match.Groups[2].Value.Trim('"'), StringComparer.OrdinalIgnoreCase);
        var (realm, nonce, cnonce) = (parts["realm"], parts["nonce"], NewId());
        var proof = Hash($"{Hash($"{User}:{realm}:{_password}")}:{nonce}:00000001:{cnonce}:auth:{Hash($"{method}:{uri}")}");
        var opaque = parts.TryGetValue("opaque", out var text) ? $", opaque=\"{text}\"" : "";
        return $"{(response.Status == 401 ? "Authorization" : "Proxy-Authorization")}: Digest username=\"{User}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", "
            + $"response=\"{proof}\", algorithm=MD5, cnonce=\"{cnonce}\", qop=auth, nc=00000001{opaque}\r\n";
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Digest of RFC 2617.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("""([a-z]+)=("[^"]*"|[^ ,]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
