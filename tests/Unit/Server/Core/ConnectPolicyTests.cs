using System.Net;
using OmaIm.Protocols.Sdp;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Core;

public sealed class ConnectPolicyTests
{
    private const int OwnPort = 2855;

    private static readonly IPAddress Server = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.7");

    [Theory]
    [InlineData("msrp://192.0.2.7:4000/s;tcp", "192.0.2.7:4000")]
    [InlineData("msrp://192.0.2.7/s;tcp", "192.0.2.7:2855")]
    [InlineData("msrp://phone.example.com:4000/s;tcp", "192.0.2.7:2000")]
    [InlineData("msrp://10.1.2.3:4000/s;tcp", "10.1.2.3:4000")]
    public void Contract29_TheServerConnectsToTheClientsOwnHostAndToNamedNetworks(string path, string target)
    {
        var policy = new ConnectPolicy([IPNetwork.Parse("10.0.0.0/8")]);

        Assert.True(policy.TryGetTarget(Media(path), Flow(Server, Client), OwnPort, out var found));
        Assert.Equal(IPEndPoint.Parse(target), found);
    }

    [Theory]
    [InlineData("msrp://127.0.0.1:5432/s;tcp")]
    [InlineData("msrp://127.1:5432/s;tcp", "127.1")]
    [InlineData("msrp://2130706433:5432/s;tcp", "2130706433")]
    [InlineData("msrp://169.254.169.254:80/s;tcp")]
    [InlineData("msrp://10.1.2.3:4000/s;tcp")]
    [InlineData("msrp://[::1]:4000/s;tcp")]
    [InlineData("msrp://phone.example.com:4000/s;tcp", "phone.example.com")]
    [InlineData("msrp://192.0.2.7:0/s;tcp")]
    [InlineData("http://192.0.2.7:4000/s;tcp")]
    public void S21_TheServerConnectsNowhereElse(string path, string host = "192.0.2.7") =>
        Assert.False(new ConnectPolicy([]).TryGetTarget(Media(path, host), Flow(Server, Client), OwnPort, out _));

    [Fact]
    public void AnIPv4ClientSeenThroughAnIPv6SocketIsTheSameHost() =>
        Assert.True(new ConnectPolicy([]).TryGetTarget(Media("msrp://192.0.2.7:4000/s;tcp"), Flow(Server, Client.MapToIPv6()), OwnPort, out _));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.0.2.1")]
    public void S21_TheServerNeverConnectsToItself(string address)
    {
        var host = IPAddress.Parse(address);
        var policy = new ConnectPolicy([IPNetwork.Parse("192.0.2.0/24")]);

        Assert.False(policy.TryGetTarget(Media($"msrp://{address}:{OwnPort}/s;tcp"), Flow(host, host), OwnPort, out _));
        Assert.True(policy.TryGetTarget(Media($"msrp://{address}:4000/s;tcp"), Flow(host, host), OwnPort, out _));
    }

    private static MemoryFlow Flow(IPAddress local, IPAddress remote) =>
        new(SipProtocol.Tcp, new IPEndPoint(local, 5060), new IPEndPoint(remote, 5060));

    private static MsrpMedia Media(string path, string host = "192.0.2.7") => new() { Host = host, Port = 2000, Path = path };
}
