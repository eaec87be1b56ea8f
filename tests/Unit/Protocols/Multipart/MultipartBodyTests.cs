using OmaIm.Protocols.Multipart;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Multipart;

public sealed class MultipartBodyTests
{
    private const string Type = "multipart/mixed;boundary=\"boundary1\"";

    /// <summary>An INVITE to the conference factory as RFC 5366 section 5 shows it.</summary>
    private static readonly byte[] Body = WireText.Lines("""
        This is the preamble.
        --boundary1
        Content-Type: application/sdp

        v=0
        o=- 1 1 IN IP4 h

        --boundary1
        Content-Type: application/resource-lists+xml
        Content-Disposition: recipient-list;
         handling=required

        <resource-lists/>
        --boundary1--
        This is the epilogue.
        """);

    private static IReadOnlyList<BodyPart> Parse(string contentType, byte[] body)
    {
        Assert.True(MultipartBody.TryParse(contentType, body, out var parts));
        return parts;
    }

    private static bool IsAccepted(string contentType, string body) => MultipartBody.TryParse(contentType, WireText.Crlf(body), out _);

    [Fact]
    public void ReadsTheParts()
    {
        var parts = Parse(Type, Body);

        Assert.Equal(2, parts.Count);
        Assert.Equal("application/sdp", parts[0].MediaType);
        Assert.Equal("v=0\r\no=- 1 1 IN IP4 h\r\n", WireText.Text(parts[0].Content.Span));
        Assert.Null(parts[0].Disposition);
        Assert.Equal("recipient-list", parts[1].Disposition);
        Assert.Equal("recipient-list; handling=required", parts[1].Header("content-disposition"));
        Assert.Equal("<resource-lists/>", WireText.Text(parts[1].Content.Span));
    }

    [Fact]
    public void EveryPrefixWithoutTheClosingBoundaryIsRefused()
    {
        var end = Body.AsSpan().IndexOf("--boundary1--"u8) + "--boundary1--".Length;
        for (var length = 0; length <= Body.Length; length++)
        {
            Assert.Equal(length == end || length >= end + 2, MultipartBody.TryParse(Type, Body.AsMemory(0, length), out _));
        }
    }

    [Fact]
    public void LineFeedsAloneAreTolerated()
    {
        var parts = Parse("multipart/mixed;boundary=b", "--b\nContent-Type: text/plain\n\nhi\n--b--\n"u8.ToArray());
        Assert.Equal(("text/plain", "hi"), (parts[0].MediaType, WireText.Text(parts[0].Content.Span)));
    }

    [Theory]
    [InlineData("no headers", "--b\r\n\r\nhi\r\n--b--", "hi")]
    [InlineData("no headers, no content", "--b\r\n\r\n--b--", "")]
    [InlineData("headers without content", "--b\r\nContent-Type: a/b\r\n--b--", "")]
    [InlineData("padding behind the boundary", "--b \t\r\n\r\nhi\r\n--b-- \r\n", "hi")]
    [InlineData("a longer word that begins like the boundary", "--b\r\n\r\n--bb\r\n--b--x\r\n --b\r\nx--b\r\n--b--", "--bb\r\n--b--x\r\n --b\r\nx--b")]
    [InlineData("binary content", "--b\r\n\r\n\0\u0001\r\r\n\n\r\n--b--", "\0\u0001\r\r\n\n")]
    public void TheContentIsEverythingBetween(string name, string body, string content)
    {
        Assert.True(MultipartBody.TryParse("multipart/mixed;boundary=b", System.Text.Encoding.UTF8.GetBytes(body), out var parts), name);
        Assert.Equal(content, WireText.Text(parts[0].Content.Span));
    }

    [Theory]
    [InlineData("not multipart", "text/plain;boundary=b", "--b\n\nx\n--b--")]
    [InlineData("no boundary", "multipart/mixed", "--b\n\nx\n--b--")]
    [InlineData("empty boundary", "multipart/mixed;boundary=\"\"", "--\n\nx\n----")]
    [InlineData("another parameter", "multipart/mixed;xboundary=b", "--b\n\nx\n--b--")]
    [InlineData("two boundaries", "multipart/mixed;boundary=a;boundary=b", "--b\n\nx\n--b--")]
    [InlineData("boundary ends with a space", "multipart/mixed;boundary=\"b \"", "--b \n\nx\n--b --")]
    [InlineData("boundary outside of the grammar", "multipart/mixed;boundary=\"b<\"", "--b<\n\nx\n--b<--")]
    [InlineData("boundary not in the body", "multipart/mixed;boundary=c", "--b\n\nx\n--b--")]
    [InlineData("closing boundary only", "multipart/mixed;boundary=b", "--b--")]
    [InlineData("closing boundary missing", "multipart/mixed;boundary=b", "--b\n\nx\n--b\n\ny")]
    [InlineData("boundary not at the line start", "multipart/mixed;boundary=b", " --b\n\nx\n--b--")]
    [InlineData("closing boundary not at the line start", "multipart/mixed;boundary=b", "--b\n\nx--b--")]
    [InlineData("broken header", "multipart/mixed;boundary=b", "--b\nContent-Type text/plain\n\nx\n--b--")]
    [InlineData("space before the colon", "multipart/mixed;boundary=b", "--b\nContent-Type : text/plain\n\nx\n--b--")]
    [InlineData("broken inner multipart", "multipart/mixed;boundary=b", "--b\nContent-Type: multipart/mixed;boundary=c\n\nx\n--b--")]
    [InlineData("empty body", "multipart/mixed;boundary=b", "")]
    public void Refused(string name, string contentType, string body) => Assert.False(IsAccepted(contentType, body), name);

    [Theory]
    [InlineData(70, true)]
    [InlineData(71, false)]
    public void SeventyCharactersAreTheLimitOfABoundary(int length, bool isAccepted)
    {
        var boundary = new string('b', length);
        Assert.Equal(isAccepted, IsAccepted($"multipart/mixed;boundary={boundary}", $"--{boundary}\n\nx\n--{boundary}--"));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    public void SixtyFourPartsAreTheLimit(int count, bool isAccepted) =>
        Assert.Equal(isAccepted, IsAccepted("multipart/mixed;boundary=b", string.Concat(Enumerable.Repeat("--b\n\nx\n", count)) + "--b--"));

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(1000, false)]
    public void EightLevelsAreTheLimit(int depth, bool isAccepted)
    {
        var body = string.Concat(Enumerable.Range(1, depth - 1).Select(i => $"--b{i - 1}.\nContent-Type: multipart/mixed;boundary=b{i}.\n\n"))
            + $"--b{depth - 1}.\n\nx\n"
            + string.Concat(Enumerable.Range(0, depth).Reverse().Select(i => $"--b{i}.--\n"));
        Assert.Equal(isAccepted, IsAccepted("multipart/mixed;boundary=b0.", body));
    }

    [Fact]
    public void PartsOfAllLevelsCountTogether()
    {
        var inner = "--b\nContent-Type: multipart/mixed;boundary=c\n\n" + string.Concat(Enumerable.Repeat("--c\n\nx\n", 32)) + "--c--\n";
        Assert.True(IsAccepted("multipart/mixed;boundary=b", inner + "--b--"));
        Assert.False(IsAccepted("multipart/mixed;boundary=b", inner + inner + "--b--"));
    }

    [Fact]
    public void APartWithinAPartIsReadAndKept()
    {
        var inner = MultipartBody.Write("alternative", [BodyPart.Create("text/plain", "a"u8.ToArray()), BodyPart.Create("text/html", "b"u8.ToArray())], out var innerType);
        var outer = MultipartBody.Write("mixed", [BodyPart.Create(innerType, inner)], out var outerType);

        var part = Assert.Single(Parse(outerType, outer));
        Assert.Equal(["text/plain", "text/html"], part.Parts.Select(child => child.MediaType));
        Assert.Equal(inner, part.Content.ToArray());
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        byte[] content = [0, 13, 10, .. "--\r\n--x--\r\n"u8, 0xFF];
        var body = MultipartBody.Write("mixed", [BodyPart.Create("application/octet-stream", content, "render;handling=optional"), BodyPart.Create("text/plain", default)], out var type);

        var parts = Parse(type, body);
        Assert.Equal(content, parts[0].Content.ToArray());
        Assert.Equal(("application/octet-stream", "render"), (parts[0].MediaType, parts[0].Disposition));
        Assert.True(parts[1].Content.IsEmpty);
    }

    [Fact]
    public void TheBoundaryIsNotGuessable()
    {
        var types = Enumerable.Range(0, 50).Select(_ =>
        {
            MultipartBody.Write("mixed", [BodyPart.Create("text/plain", default)], out var type);
            return type;
        });
        Assert.Equal(50, types.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("text/plain\r\nX: y", null)]
    [InlineData("text/plain", "x\r\n\r\nfake content")]
    [InlineData("text/plain", "x\0")]
    public void HeadersThatWouldBreakTheLineAreRefused(string contentType, string? disposition) =>
        Assert.Throws<ArgumentException>(() => MultipartBody.Write("mixed", [BodyPart.Create(contentType, default, disposition)], out _));

    [Fact]
    public void NamesThatAreNoTokensAreRefused()
    {
        var part = new BodyPart { Headers = [new MimeHeader("X\r\nY", "z")] };
        Assert.Throws<ArgumentException>(() => MultipartBody.Write("mixed", [part], out _));
        Assert.Throws<ArgumentException>(() => MultipartBody.Write("mixed\r\nX: y", [BodyPart.Create("a/b", default)], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultipartBody.Write("mixed", [], out _));
    }

    [Fact]
    public void AMissingContentTypeIsPlainTextAndABrokenOneIsNothing()
    {
        Assert.Equal("text/plain", new BodyPart().MediaType);
        Assert.Equal("", BodyPart.Create("no type at all", default).MediaType);
    }

    [Fact]
    public void NoChangeOfAByteThrows()
    {
        foreach (var body in WireText.Mutations(Body))
        {
            if (MultipartBody.TryParse(Type, body, out var parts))
            {
                Assert.InRange(parts.Count, 1, 3);
            }
        }
    }
}
