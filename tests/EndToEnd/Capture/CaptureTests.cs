using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Capture;

/// <summary>What goes over the wire is what Wireshark's dissectors understand.</summary>
public sealed class CaptureTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public async Task NoFrameOfAShortConversationIsMalformed(SipProtocol transport)
    {
        var host = appliance.Host;
        await using var tshark = await Tshark.CaptureAsync(host.SipUdp.Port, host.SipTcp.Port, host.Msrp.Port);
        await TalkAsync(transport);
        await tshark.StopAsync();

        string[] decodeAs =
        [
            $"udp.port=={host.SipUdp.Port},sip",
            $"tcp.port=={host.SipTcp.Port},sip",
            $"tcp.port=={host.Msrp.Port},msrp",
        ];
        Assert.Empty(await tshark.ReadAsync("_ws.malformed or (_ws.expert.severity == error and not tcp)", decodeAs));
        foreach (var seen in new[] { "sip.Method == \"INVITE\"", "sip.Method == \"REGISTER\"", "sip.Method == \"NOTIFY\"", "sip.Method == \"BYE\"", "sdp", "xml", "msrp.method == \"SEND\"", "msrp.method == \"NICKNAME\"" })
        {
            Assert.True((await tshark.ReadAsync(seen, decodeAs)).Length > 0, $"{seen} was not captured");
        }
    }

    private async Task TalkAsync(SipProtocol transport)
    {
        var (one, other) = (appliance.Client("alice", transport: transport), appliance.Client("bob", transport: transport));
        await one.RegisterAsync();
        await using var alice = await one.JoinAsync(RunningAppliance.Lobby);
        await using var bob = await other.JoinAsync(RunningAppliance.Lobby);
        await alice.SetNicknameAsync("Алиса");
        await bob.NextAsync<NicknameChanged>();
        await alice.SendAsync("Grüße, 世界\nsecond line");
        await bob.NextMessageAsync();
        await bob.SendPrivateAsync("sip:alice@localhost", new string('x', 900));
        await alice.NextMessageAsync();
        await bob.LeaveAsync();
        await alice.NextAsync<MemberLeft>();
        await one.UnregisterAsync();
    }
}
