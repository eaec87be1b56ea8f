using System.Net;
using System.Net.Sockets;

namespace OmaIm.Tests.Support.Wire;

/// <summary>An MSRP connection whose every byte a test writes.</summary>
public sealed class WireMsrp : WireStream<MsrpWireFrame>
{
    private int _probes;

    private WireMsrp(Socket socket)
        : base(socket)
    {
    }

    /// <summary>The server's path; what stands for it in a text is {to}.</summary>
    public string To { get; set; } = "";

    /// <summary>This side's path; what stands for it in a text is {from}.</summary>
    public string From { get; set; } = "";

    public static new async Task<WireMsrp> ConnectAsync(EndPoint server)
    {
        var msrp = new WireMsrp(await WireStream<MsrpWireFrame>.ConnectAsync(server));
        msrp.Begin();
        return msrp;
    }

    /// <summary>Waits for a peer that connects to this side.</summary>
    public static async Task<WireMsrp> AcceptAsync(Socket listener)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var msrp = new WireMsrp(await listener.AcceptAsync(timeout.Token));
        msrp.Begin();
        return msrp;
    }

    /// <summary>Sends text with line ends of one character, the paths filled in.</summary>
    public Task SendLinesAsync(string text) => SendAsync(Fill(text).ReplaceLineEndings("\r\n"));

    /// <summary>The answer to the request of that id.</summary>
    public Task<MsrpWireFrame> AnswerAsync(string id) => NextAsync(frame => frame.IsResponse && frame.TransactionId == id, "answer to " + id);

    /// <summary>The next request of that method.</summary>
    public Task<MsrpWireFrame> RequestAsync(string method) => NextAsync(frame => frame.Method == method, method);

    /// <summary>The next SEND that has a body and is whole in one frame.</summary>
    public Task<MsrpWireFrame> MessageAsync() => NextAsync(static frame => frame is { Method: "SEND", Body.Length: > 0 }, "SEND with a body");

    public Task RespondAsync(MsrpWireFrame request, int status = 200) =>
        SendAsync(MsrpText.Response(request.TransactionId, status, request.FromPath.Split(' ')[0], request.ToPath));

    /// <summary>Everything sent before has been dealt with: one connection's frames are dealt with in order.</summary>
    public async Task FlushAsync()
    {
        var id = $"probe{++_probes}";
        await SendAsync(MsrpText.Request("SEND", id, To, From, "Message-ID: " + id));
        var answer = await AnswerAsync(id);
        if (answer.StatusCode != 200)
        {
            throw new InvalidOperationException("The session is gone: " + answer);
        }
    }

    public string Fill(string text) => text.Replace("{to}", To, StringComparison.Ordinal).Replace("{from}", From, StringComparison.Ordinal);

    protected override IEnumerable<MsrpWireFrame> Cut(string text, out int length)
    {
        var reading = MsrpReference.Read(MsrpText.Bytes(text));
        length = text.Length - reading.Unread;
        return reading.Frames;
    }
}
