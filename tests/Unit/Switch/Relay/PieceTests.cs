using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>A long chunk goes on piece by piece while it comes in: nothing is assembled.</summary>
public sealed class PieceTests : RelayTestBase
{
    [Theory]
    [InlineData(1000, "1-*/300000")]
    [InlineData(7919, "1-*/*")]
    [InlineData(50_000, "1-300000/300000")]
    [InlineData(300_500, null)]
    [Trait("Section", "RFC 4975 5.1")]
    public void PiecesAreChunksWithRangesThatJoin(int portion, string? range)
    {
        var body = string.Create(300_000, 0, static (span, _) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + (i * 31 % 26));
            }
        });
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", body, range, headers: "Success-Report: yes"));
        var text = new StringBuilder();
        var frames = new List<MsrpWireFrame>();
        for (var at = 0; at < bytes.Length; at += portion)
        {
            Alice.Connection.Receive(bytes.AsSpan(at, Math.Min(portion, bytes.Length - at)));
            frames.AddRange(Bob.Take());
        }

        foreach (var frame in frames)
        {
            var end = text.Length + frame.Body!.Length;
            Assert.Equal($"{text.Length + 1}-{end}/{(range?.EndsWith('0') == true ? "300000" : "*")}", frame.ByteRange);
            Assert.Equal(("Msg00001", "yes", "message/cpim"), (frame.MessageId, frame["Success-Report"], frame["Content-Type"]));
            Assert.Equal(frame == frames[^1] ? '$' : '+', frame.Flag);
            text.Append(frame.Body);
        }

        Assert.Equal(body, text.ToString());
        Assert.InRange(frames.Count, 2, 1 + (300_000 / MsrpLimits.Default.Piece));
        Assert.Equal(200, Alice.TakeOne().StatusCode);
        Assert.InRange(Bench.Msrp.Loop.Arena.Length, 0, 0);
    }

    [Fact]
    public void WhatIsThereGoesOnInFewPieces()
    {
        Alice.Send("Msg00001", new string('x', 640_000));
        Assert.InRange(Bob.Take().Count, 10, 12);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public void AnAbortInTheMiddleGoesOn()
    {
        var text = MsrpText.Send("abcd", Alice.SessionPath, Alice.Path, "Msg00001", new string('x', 100_000), "1-*/200000", '#');
        Alice.Connection.Receive(text);
        var frames = Bob.Take();
        Assert.Equal(('#', 100_000), (frames[^1].Flag, frames.Sum(static frame => frame.Body!.Length)));
        Alice.Take();
        Assert.Equal("1-5/*", Relay("Msg00001", "hello").ByteRange);
    }
}
