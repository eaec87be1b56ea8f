using System.IO.Compression;
using System.Text;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

public sealed class ContentCodingTests
{
    private const int Maximum = 100_000;

    [Theory]
    [InlineData("deflate")]
    [InlineData("Deflate")]
    [InlineData("gzip")]
    [InlineData("identity")]
    [Trait("Section", "RFC 3261 20.12")]
    public void WhatIsKnownIsUnpacked(string coding)
    {
        Assert.True(ContentCoding.IsKnown([coding]));
        Assert.True(ContentCoding.TryDecode([coding], Pack(coding, "Grüße"u8.ToArray()), Maximum, out var decoded));
        Assert.Equal("Grüße", Encoding.UTF8.GetString(decoded.Span));
    }

    [Fact]
    public void WithoutACodingTheBodyIsWhatItIs()
    {
        Assert.True(ContentCoding.TryDecode([], "as it is"u8.ToArray(), 1, out var decoded));
        Assert.Equal("as it is", Encoding.UTF8.GetString(decoded.Span));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate", "deflate")]
    public void OtherCodingsAreNotKnown(params string[] codings)
    {
        Assert.False(ContentCoding.IsKnown(codings));
        Assert.False(ContentCoding.TryDecode(codings, "x"u8.ToArray(), Maximum, out _));
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip")]
    public void ContentInAnotherCodingIsRefused(string coding) =>
        Assert.False(ContentCoding.TryDecode([coding], "plain text"u8.ToArray(), Maximum, out _));

    [Theory]
    [InlineData(Maximum, true)]
    [InlineData(Maximum + 1, false)]
    [InlineData(50_000_000, false)]
    public void ABombStopsAtTheLimit(int length, bool isRead)
    {
        var packed = Pack("deflate", new byte[length]);
        Assert.Equal(isRead, ContentCoding.TryDecode(["deflate"], packed, Maximum, out var decoded));
        Assert.Equal(isRead ? length : 0, decoded.Length);
    }

    private static byte[] Pack(string coding, byte[] content)
    {
        var packed = new MemoryStream();
        using (Stream packing = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "identity" => packed,
            _ => new ZLibStream(packed, CompressionLevel.Optimal),
        })
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }
}
