using OmaIm.Tests.EndToEnd.Hostile;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

/// <summary>Alice and Bob in a session, each with an MSRP connection to the server that a test writes itself.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private readonly RunningAppliance _appliance;

    private Conversation(RunningAppliance appliance, WireUser alice, WireUser bob)
    {
        _appliance = appliance;
        (AliceSip, BobSip) = (alice, bob);
    }

    public WireUser AliceSip { get; }

    public WireUser BobSip { get; }

    public WireDialog AliceDialog { get; private set; } = null!;

    public WireDialog BobDialog { get; private set; } = null!;

    public Side Alice { get; private set; } = null!;

    public Side Bob { get; private set; } = null!;

    public static async Task<Conversation> BeginAsync(
        RunningAppliance appliance, int? bobsReceiveBuffer = null, string host = "127.0.0.1", string caller = "alice", string callee = "bob")
    {
        var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, caller);
        var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, callee);
        var conversation = new Conversation(appliance, alice, bob);
        var (alicesPath, bobsPath) = (conversation.NewPath(host), conversation.NewPath(host));
        var inviting = alice.InviteAsync(bob.Address, conversation.Sdp(alicesPath));
        var invite = await bob.IncomingAsync("INVITE");
        conversation.BobDialog = await bob.AcceptAsync(invite, conversation.Sdp(bobsPath));
        conversation.AliceDialog = await inviting;
        WireUser.Expect(conversation.AliceDialog.Response, 200);
        conversation.Alice = await conversation.ConnectAsync(conversation.AliceDialog.Answer, alicesPath);
        conversation.Bob = await conversation.ConnectAsync(invite.Body, bobsPath, bobsReceiveBuffer);
        return conversation;
    }

    /// <summary>A path of a client's own, with the scheme that the appliance's clients use.</summary>
    public string NewPath(string host = "127.0.0.1") => (_appliance.MsrpTls is null ? "msrp" : "msrps") + SdpText.Path(host: host)[4..];

    /// <summary>An offer or answer of a client that connects.</summary>
    public string Sdp(string path)
    {
        var sdp = SdpText.Msrp(path);
        return _appliance.MsrpTls is null ? sdp : sdp.Replace("TCP/MSRP", "TCP/TLS/MSRP", StringComparison.Ordinal);
    }

    /// <summary>A bound MSRP connection to where a description of the server says.</summary>
    public async Task<Side> ConnectAsync(string sdp, string ownPath, int? receiveBuffer = null)
    {
        var side = new Side(await _appliance.ConnectMsrpAsync(receiveBuffer), SdpText.Attribute(sdp, "path"), ownPath);
        await side.SendAsync(MsrpText.Request("SEND", "bind", side.To, side.From, "Message-ID: bind", "Byte-Range: 1-0/0"));
        await side.Socket.Expect200Async("bind");
        return side;
    }

    public async ValueTask DisposeAsync()
    {
        Alice.Socket.Dispose();
        Bob.Socket.Dispose();
        await AliceSip.DisposeAsync();
        await BobSip.DisposeAsync();
    }

    /// <summary>One side's MSRP connection.</summary>
    internal sealed class Side(RawSocket socket, string to, string from)
    {
        private readonly List<MsrpWireFrame> _frames = [];
        private int _answered;

        public RawSocket Socket => socket;

        public string To => to;

        public string From => from;

        /// <summary>The frames that have come.</summary>
        public IReadOnlyList<MsrpWireFrame> Frames => _frames;

        public Task SendAsync(string text) => socket.SendAsync(text);

        /// <summary>A whole message in one chunk.</summary>
        public Task SayAsync(string id, string body, params string[] headers) =>
            SendAsync(MsrpText.Send(id, to, from, "m" + id, body, $"1-{body.Length}/{body.Length}", contentType: "text/plain", headers: headers));

        /// <summary>Answers every SEND that has come, and reads on, until the body of this message is whole.</summary>
        public async Task<string> HearAsync(string messageId, int length)
        {
            await UntilAsync(() => BodyOf(messageId).Sum(body => body.Length) >= length);
            return string.Concat(BodyOf(messageId));
        }

        /// <summary>The same, until it is so.</summary>
        public async Task UntilAsync(Func<bool> isSo)
        {
            await CutAsync();
            while (!isSo())
            {
                Assert.True(await socket.ReadMoreAsync(), "The connection ended.");
                await CutAsync();
            }
        }

        private IEnumerable<string> BodyOf(string messageId) =>
            _frames.Where(frame => frame.Method == "SEND" && frame.MessageId == messageId).Select(frame => frame.Body ?? "");

        private async Task CutAsync()
        {
            var text = socket.Received;
            var reading = MsrpReference.Read(MsrpText.Bytes(text));
            socket.Take(text.Length - reading.Unread);
            _frames.AddRange(reading.Frames);
            for (; _answered < _frames.Count; _answered++)
            {
                if (_frames[_answered] is { Method: "SEND" } frame)
                {
                    await SendAsync(MsrpText.Response(frame.TransactionId, 200, frame.FromPath, frame.ToPath));
                }
            }
        }
    }
}
