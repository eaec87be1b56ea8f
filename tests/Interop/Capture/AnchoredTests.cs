using System.Globalization;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.EndToEnd.Capture;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Capture;

/// <summary>A packet capture as the witness of which way the messages take when the server carries them.</summary>
public sealed class AnchoredTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task BothLegsPassTheServer()
    {
        var server = appliance.Host.Msrp.Port;
        await using var tshark = await Tshark.CaptureAsync(appliance.Host.SipUdp.Port, server);
        int alice, bob;
        await using (var pair = await WirePair.BoundAsync(appliance.Host.SipTcp))
        {
            (alice, bob) = (pair.Caller.Msrp.Local.Port, pair.Callee.Msrp.Local.Port);
            await pair.Caller.SayAsync("leg1", "over two legs", "text/plain");
            Assert.Equal("over two legs", (await pair.Callee.Msrp.MessageAsync()).Body);
        }

        await tshark.StopAsync();
        var decode = string.Create(CultureInfo.InvariantCulture, $"tcp.port=={server},msrp");
        Assert.NotEmpty(await tshark.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"msrp && tcp.srcport == {alice} && tcp.dstport == {server} && frame contains \"over two legs\""), decode));
        Assert.NotEmpty(await tshark.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"msrp && tcp.srcport == {server} && tcp.dstport == {bob} && frame contains \"over two legs\""), decode));
    }
}
