using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class SwitchSessionTests : IAsyncLifetime, IDisposable
{
    private const string Message = "From: <sip:bob@localhost>\r\nTo: <sip:lobby@rooms.localhost>\r\n\r\nContent-Type: text/plain\r\n\r\nhi";

    private readonly MsrpBench _msrp = new();
    private readonly ClientBench _client = new();
    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly EventQueue _events = new(1, 1000);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _msrp.Dispose();
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public void OnlyWhatTheReaderWillSeeIsReported()
    {
        var self = SipUri.Parse("sip:alice@localhost");
        var incoming = new IncomingMessages(self, new Roster(self), _events) { Room = SipUri.Parse("sip:lobby@rooms.localhost") };
        var session = new SwitchSession(_runtime, _client.Agent, _msrp.Endpoint, new JoinOptions(), incoming, _ => { });
        session.Session.RemotePath = "msrp://198.51.100.7:9/switch;tcp";
        var peer = new MsrpPeer(_msrp, session.Session, _msrp.Connect(), session.Session.RemotePath);
        _msrp.Run();
        peer.Bind();
        peer.Take();

        peer.Send("m0000001", Message, headers: "Success-Report: yes");
        Assert.Contains(peer.Take(), frame => frame.Method == "REPORT" && frame.MessageId == "m0000001");
        peer.Send("m0000002", Message, headers: "Success-Report: yes");
        Assert.DoesNotContain(peer.Take(), frame => frame.Method == "REPORT");
    }
}
