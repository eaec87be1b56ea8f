using System.IO.Compression;
using System.Text;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using Xunit;

namespace OmaIm.Tests.Conformance.Pager;

/// <summary>Bodies that come packed (RFC 3261 section 20.12, RFC 1950, RFC 1952), at our client and at the server.</summary>
public sealed class PackedTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 1950 2.2")]
    [Trait("Section", "RFC 3261 20.12")]
    public Task WhatIsDeflatedIsRead() => IsReadAsync("deflate", static stream => new ZLibStream(stream, CompressionLevel.Fastest));

    [Fact]
    [Trait("Section", "RFC 1952 2.2")]
    [Trait("Section", "RFC 3261 20.12")]
    public Task WhatIsZippedIsRead() => IsReadAsync("gzip", static stream => new GZipStream(stream, CompressionLevel.Fastest));

    [Fact]
    [Trait("Section", "RFC 3261 8.2.3")]
    [Trait("Section", "RFC 3261 21.4.13")]
    public async Task ACodingThatIsNotKnownIs415WithThoseThatAre()
    {
        await using var bob = await lobby.ClientAsync("bob", static client => client.MessageReceived += static _ => { });
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", bob.Address, "Content-Encoding: pack200\r\nContent-Type: text/plain\r\n", "?");
        Assert.Equal((415, "deflate, gzip"), (response.Status, response["Accept-Encoding"]));
    }

    [Fact]
    [Trait("Section", "RFC 3862 4.1")]
    public async Task APackedFromIsTrueAsWell()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var forged = Pack(Lobby.Cpim("carol", "forged", "sip:bob@localhost"), static stream => new ZLibStream(stream, CompressionLevel.Fastest));
        Assert.Equal(403, (await alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Content-Encoding: deflate\r\nContent-Type: message/cpim\r\n", forged)).Status);
    }

    private async Task IsReadAsync(string coding, Func<Stream, Stream> pack)
    {
        var messages = new Arrivals<ImMessage>();
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += messages.Add);
        await using var alice = await lobby.ConnectAsync("alice");
        var response = await alice.RequestAsync("MESSAGE", bob.Address, $"Content-Encoding: {coding}\r\nContent-Type: text/plain\r\n", Pack("packed text", pack));
        Assert.Equal(200, response.Status);
        Assert.Equal("packed text", (await messages.NextAsync()).Text);
    }

    /// <summary>One character for each byte.</summary>
    private static string Pack(string text, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var packing = pack(packed))
        {
            packing.Write(Encoding.UTF8.GetBytes(text));
        }

        return Encoding.Latin1.GetString(packed.ToArray());
    }
}
