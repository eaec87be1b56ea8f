using System.Net.Sockets;
using System.Text;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using OmaIm.Tests.EndToEnd.Hostile;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Capture;

/// <summary>What goes over the wire is what Wireshark's dissectors understand.</summary>
public sealed class CaptureTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Wireshark's field for everything in its group "malformed", and the complaints of our protocols that it puts into other groups.
    // They are named one by one: a filter on the severity alone would also see what TCP says of its own segments in the same frame.
    private static readonly string Complaint = string.Join(" or ",
    [
        "_ws.malformed", "sip.header_no_colon", "sip.header_not_terminated", "sip.content_length.invalid", "sip.Status-Code.invalid",
        "sip.Via.sent-by.port.invalid", "sip.authorization.invalid", "sip.retry_after.invalid", "sdp.invalid_line.no_equal", "sdp.invalid_line.missing_fields", "sdp.invalid_line.extra_space", "sdp.invalid_conversion",
        "sdp.invalid_media_port", "sdp.invalid_media_format", "msrp.status.code.invalid", "mime_multipart.no_required_parameter",
        "xml.closing_unopened_tag", "xml.unrecognized_text",
    ]);

    [Theory]
    [InlineData(SipProtocol.Udp, "udp")]
    [InlineData(SipProtocol.Tcp, "tcp")]
    public async Task NoFrameOfAShortConversationIsMalformed(SipProtocol transport, string layer)
    {
        if (Tshark.IsMissing())
        {
            return;
        }

        await using var tshark = await CaptureAsync();
        await TalkAsync(transport);
        await tshark.StopAsync();

        Assert.Empty(await tshark.ReadAsync(Complaint, DecodeAs()));
        var frames = await tshark.ReadFieldsAsync(DecodeAs(), "frame.protocols", "sip.Method", "msrp.method", "msrp.status.code");
        foreach (var method in new[] { "REGISTER", "INVITE", "ACK", "SUBSCRIBE", "NOTIFY", "BYE" })
        {
            Assert.Contains(frames, frame => frame[0].Contains($":{layer}:sip", StringComparison.Ordinal) && frame[1].Contains(method, StringComparison.Ordinal));
        }

        Assert.Contains(frames, frame => frame[0].Contains($":{layer}:sip:sdp", StringComparison.Ordinal));
        Assert.Contains(frames, frame => frame[0].Contains($":{layer}:sip:xml", StringComparison.Ordinal));
        Assert.Contains(frames, static frame => frame[2].Contains("SEND", StringComparison.Ordinal));
        Assert.Contains(frames, static frame => frame[2].Contains("NICKNAME", StringComparison.Ordinal));
        Assert.Contains(frames, static frame => frame[3].Contains("200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AMalformedMessageIsSeenOverUdpAndTcp()
    {
        const string Message = "OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKcolon\r\nNoColonHere\r\nContent-Length: 0\r\n\r\n";
        if (Tshark.IsMissing())
        {
            return;
        }

        await using var tshark = await CaptureAsync();
        using var datagrams = new UdpClient();
        await datagrams.SendAsync(Encoding.ASCII.GetBytes(Message), appliance.Host.SipUdp);
        using var connection = await RawSocket.ConnectAsync(appliance.Host.SipTcp);
        await connection.SendAsync(Message);
        await tshark.StopAsync();

        Assert.Single(await tshark.ReadAsync($"udp and ({Complaint})", DecodeAs()));
        Assert.Single(await tshark.ReadAsync($"tcp and ({Complaint})", DecodeAs()));
    }

    private Task<Tshark> CaptureAsync() => Tshark.CaptureAsync(appliance.Host.SipUdp.Port, appliance.Host.SipTcp.Port, appliance.Host.Msrp.Port);

    private string[] DecodeAs() =>
    [
        $"udp.port=={appliance.Host.SipUdp.Port},sip", $"tcp.port=={appliance.Host.SipTcp.Port},sip", $"tcp.port=={appliance.Host.Msrp.Port},msrp",
    ];

    private async Task TalkAsync(SipProtocol transport)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var (one, other) = (appliance.Client("alice", transport: transport), appliance.Client("bob", transport: transport));
        await one.RegisterAsync(timeout.Token);
        await using var alice = await one.JoinAsync(RunningAppliance.Lobby, cancellationToken: timeout.Token);
        await using var bob = await other.JoinAsync(RunningAppliance.Lobby, cancellationToken: timeout.Token);
        await alice.SetNicknameAsync("Алиса", timeout.Token);
        await bob.NextAsync<NicknameChanged>();
        await alice.SendAsync("Grüße, 世界\nsecond line", timeout.Token);
        await bob.NextMessageAsync();
        await bob.SendPrivateAsync("sip:alice@localhost", new string('x', 900), timeout.Token);
        await alice.NextMessageAsync();
        await bob.LeaveAsync(timeout.Token);
        await alice.NextAsync<MemberLeft>();
        await alice.LeaveAsync(timeout.Token);
        await one.UnregisterAsync(timeout.Token);
    }
}
