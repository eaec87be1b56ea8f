using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A stranger sends what no client should, over live UDP and TCP, while two others talk in a room.</summary>
public sealed class SipTests(HostileRoom room) : IClassFixture<HostileRoom>
{
    public static TheoryData<SipCase> Cases => [.. SipCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OverTcpItGetsItsAnswerAndDisturbsNobody(SipCase @case)
    {
        var before = await room.CountAsync(@case.Counter);
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync(SipWire.Fill(@case.Bytes));
        if (@case.Closes)
        {
            await socket.ReadToEndAsync();
        }
        else
        {
            await socket.SendAsync(SipWire.Probe());
            Assert.True(await socket.ReadToAsync(SipWire.Alive), socket.Received);
        }

        await CheckAsync(@case, SipWire.Statuses(socket.Received), before, probes: @case.Closes ? 0 : 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OverUdpItGetsItsAnswerAndDisturbsNobody(SipCase @case)
    {
        var before = await room.CountAsync(@case.Counter);
        var text = SipWire.Fill(@case.Bytes).Replace("/TCP", "/UDP", StringComparison.Ordinal);
        var statuses = SipWire.Statuses(await SipWire.SendDatagramAsync(room.Appliance.Host.SipUdp, text));

        // A datagram whose Via cannot be read names nobody whom one could answer safely.
        await CheckAsync(
            @case.Counter.Contains(nameof(SipRejection.BadVia), StringComparison.Ordinal) ? @case with { Status = 0 } : @case, statuses, before, probes: 1);
    }

    [Fact]
    public async Task S06AnEndlessHeaderEndsTheConnectionLongBeforeAMegabyte()
    {
        var before = await room.CountAsync("omaim_sip_rejections_total|\"HeaderLineTooLong\"");
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync("OPTIONS sip:localhost SIP/2.0\r\nSubject: " + new string('x', 2_000_000));
        await socket.ReadToEndAsync();
        Assert.DoesNotContain("SIP/2.0 2", socket.Received, StringComparison.Ordinal);
        Assert.True(await room.CountAsync("omaim_sip_rejections_total|\"HeaderLineTooLong\"") > before);
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S04ABodyBeyondTheLimitIsRefusedBeforeItComes()
    {
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync(SipWire.Fill(SipCases.Options().Replace("Content-Length: 0", "Content-Length: 99999999", StringComparison.Ordinal)));
        await socket.ReadToEndAsync();
        Assert.Equal([413], SipWire.Statuses(socket.Received));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S06ADatagramOf64KilobytesDisturbsNobody()
    {
        var text = SipWire.Fill(SipCases.Options("Subject: " + new string('x', 60_000))).Replace("/TCP", "/UDP", StringComparison.Ordinal);
        Assert.Equal([513], SipWire.Statuses(await SipWire.SendDatagramAsync(room.Appliance.Host.SipUdp, text)));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S16NobodyCancelsTheInviteOfAnother()
    {
        var invite = SipWire.Fill(SipCases.Options("Contact: <sip:eve@127.0.0.1>").Replace("OPTIONS", "INVITE", StringComparison.Ordinal));
        using var victim = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await victim.SendAsync(invite);
        Assert.True(await victim.ReadToAsync("CSeq: 1 INVITE"), victim.Received);

        // The branch is right, the call is another.
        using var stranger = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await stranger.SendAsync(invite.Replace("INVITE", "CANCEL", StringComparison.Ordinal).Replace("Call-ID: case", "Call-ID: other", StringComparison.Ordinal));
        await stranger.SendAsync(SipWire.Probe());
        Assert.True(await stranger.ReadToAsync(SipWire.Alive), stranger.Received);
        Assert.Equal([481], SipWire.Statuses(stranger.Received));
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S16AFloodOfAcksAndCancelsDisturbsNobody()
    {
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        for (var i = 0; i < 500; i++)
        {
            await socket.SendAsync(SipWire.Fill(SipCases.Options().Replace("OPTIONS", i % 2 == 0 ? "ACK" : "CANCEL", StringComparison.Ordinal)));
        }

        await socket.SendAsync(SipWire.Probe());
        Assert.True(await socket.ReadToAsync(SipWire.Alive), socket.Received);
        var statuses = SipWire.Statuses(socket.Received);
        Assert.Equal(250, statuses.Count);
        Assert.All(statuses, static status => Assert.Equal(481, status));
        await room.GoesOnAfterAsync();
    }

    private async Task CheckAsync(SipCase @case, List<int> statuses, double before, int probes)
    {
        Assert.Equal(@case.Status == 0 ? [] : [@case.Status], statuses);
        if (@case.Counter.Length > 0)
        {
            // The probe has no credentials and is counted itself.
            var own = @case.Counter.Contains("no_credentials", StringComparison.Ordinal) ? probes : 0;
            Assert.Equal(before + own + 1, await room.CountAsync(@case.Counter));
        }

        await room.GoesOnAfterAsync();
    }
}
