using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

public sealed class MsrpUriTests
{
    [Theory]
    [InlineData("msrp://a.example.com:7654/jshA7weztas;tcp", false, "a.example.com", 7654, "jshA7weztas", "tcp")]
    [InlineData("MSRPS://198.51.100.7/x;TCP", true, "198.51.100.7", null, "x", "TCP")]
    [InlineData("msrp://alice@host:1/x;tcp", false, "host", 1, "x", "tcp")]
    [InlineData("msrp://[2001:db8::1]:2855/x;tcp", false, "[2001:db8::1]", 2855, "x", "tcp")]
    [InlineData("msrp://[::1]/x;tcp", false, "[::1]", null, "x", "tcp")]
    [InlineData("msrp://relay.example.com:2855;tcp", false, "relay.example.com", 2855, "", "tcp")]
    [InlineData("msrps://host/x;ws", true, "host", null, "x", "ws")]
    [InlineData("msrp://host/a+b/c=~%00;tcp;q=1;flag", false, "host", null, "a+b/c=~%00", "tcp")]
    public void AUriReads(string text, bool isSecure, string host, int? port, string sessionId, string transport)
    {
        Assert.True(MsrpUri.TryParse(MsrpText.Bytes(text), out var uri));
        Assert.Equal(isSecure, uri.IsSecure);
        Assert.Equal(host, MsrpText.Text(uri.Host));
        Assert.Equal(port, uri.Port);
        Assert.Equal(sessionId, MsrpText.Text(uri.SessionId));
        Assert.Equal(transport, MsrpText.Text(uri.Transport));
    }

    [Theory]
    [InlineData("")]
    [InlineData("msrp://")]
    [InlineData("msrp://host")]
    [InlineData("msrp://host/x")]
    [InlineData("msrp://host/x;")]
    [InlineData("msrp:///x;tcp")]
    [InlineData("msrp://host/;tcp")]
    [InlineData("sip://host/x;tcp")]
    [InlineData("msrp:host/x;tcp")]
    [InlineData("msrp://host:/x;tcp")]
    [InlineData("msrp://host:65536/x;tcp")]
    [InlineData("msrp://host:+1/x;tcp")]
    [InlineData("msrp://host: 1/x;tcp")]
    [InlineData("msrp://host:1:2/x;tcp")]
    [InlineData("msrp://[::1/x;tcp")]
    [InlineData("msrp://[::1]x/x;tcp")]
    [InlineData("msrp://ho st/x;tcp")]
    [InlineData("msrp://host/x y;tcp")]
    [InlineData("msrp://host/x\0;tcp")]
    [InlineData("msrp://host/<x>;tcp")]
    [InlineData("msrp://host/x;t cp")]
    [InlineData("msrp://host/x;tcp;a b")]
    [InlineData("msrp://host/x;tcp;a=\"b\"")]
    [InlineData("msrp://host/x;tcp msrp://host/y;tcp")]
    [InlineData("msrp://host/x;tcp;a msrp://host/y;tcp")]
    public void AnythingElseIsRefused(string text) => Assert.False(MsrpUri.TryParse(MsrpText.Bytes(text), out _));

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one two three", "one")]
    [InlineData("", "")]
    public void TheFirstUriOfAPathIsTheNextHop(string path, string first) =>
        Assert.Equal(first, MsrpText.Text(MsrpPath.First(MsrpText.Bytes(path))));
}
