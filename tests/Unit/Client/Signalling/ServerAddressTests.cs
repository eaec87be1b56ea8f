using OmaIm.Client;
using OmaIm.Client.Signalling;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", 5060)]
    [InlineData("127.0.0.1:5070", "127.0.0.1", 5070)]
    [InlineData("im.example.com", "im.example.com", 5060)]
    [InlineData("im.example.com:1", "im.example.com", 1)]
    [InlineData("[::1]:5061", "::1", 5061)]
    [InlineData("[::1]", "::1", 5060)]
    [InlineData("::1", "::1", 5060)]
    public void HostAndPortAreReadAsPeopleWriteThem(string text, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(text, out var address));
        Assert.Equal((host, port), (address.Host, address.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":5060")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:+1")]
    [InlineData("host:5060x")]
    [InlineData("ho st")]
    [InlineData("host/path")]
    public void WhatIsNeitherIsRefused(string text) => Assert.False(ServerAddress.TryParse(text, out _));

    [Fact]
    public async Task ALiteralNeedsNoResolver()
    {
        Assert.True(ServerAddress.TryParse("[::1]:5070", out var address));
        Assert.Equal("[::1]:5070", Assert.Single(await address.ResolveAsync(CancellationToken.None)).ToString());
    }

    [Fact]
    public async Task AnUnknownNameIsUnreachable()
    {
        Assert.True(ServerAddress.TryParse("nowhere.invalid", out var address));
        var failure = await Assert.ThrowsAsync<ImException>(() => address.ResolveAsync(CancellationToken.None));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }
}
