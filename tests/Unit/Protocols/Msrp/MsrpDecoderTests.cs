using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

public sealed class MsrpDecoderTests
{
    // Long vectors repeat themselves: their splits are taken where something changes.
    private const int EverySplit = 4096;

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void AVectorGivesItsFramesAndItsRefusal(string name)
    {
        var vector = MsrpVectors.Named(name);
        var reading = DecoderRun.Read(vector.Bytes, MsrpLimits.Default);
        Assert.Equal(vector.Frames, reading.Frames.Count);
        Assert.Equal(vector.Rejection, reading.Rejection);
        AssertSame(MsrpReference.Read(vector.Bytes), reading);
    }

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void AVectorReadsTheSameAtEverySplit(string name)
    {
        var bytes = MsrpVectors.Named(name).Bytes;
        var whole = DecoderRun.Read(bytes, MsrpLimits.Default);
        var step = bytes.Length <= EverySplit ? 1 : bytes.Length / 100;
        for (var offset = 1; offset < bytes.Length; offset += step)
        {
            AssertSame(whole, DecoderRun.Read(bytes, MsrpLimits.Default, offset));
        }
    }

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void AVectorReadsTheSameByteByByte(string name)
    {
        var bytes = MsrpVectors.Named(name).Bytes;
        var run = new DecoderRun(MsrpLimits.Default);
        for (var i = 0; i < bytes.Length && run.Reading.Rejection == MsrpRejection.None; i++)
        {
            run.Receive(bytes.AsSpan(i, 1));
        }

        AssertSame(DecoderRun.Read(bytes, MsrpLimits.Default), run.Reading);
    }

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void ABodyStreamsInPiecesWithoutChangingAnything(string name)
    {
        var bytes = MsrpVectors.Named(name).Bytes;
        var limits = MsrpLimits.Default with { Piece = 7 };
        var whole = DecoderRun.Read(bytes, MsrpLimits.Default);
        var step = bytes.Length <= EverySplit ? 1 : bytes.Length / 100;
        for (var offset = 0; offset < bytes.Length; offset += step)
        {
            AssertSame(whole, DecoderRun.Read(bytes, limits, offset));
        }
    }

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void APrefixIsNeitherTakenForAFrameNorRefusedWithoutReason(string name)
    {
        var vector = MsrpVectors.Named(name);
        var step = vector.Bytes.Length <= EverySplit ? 1 : vector.Bytes.Length / 100;
        for (var length = 0; length < vector.Bytes.Length; length += step)
        {
            var prefix = vector.Bytes[..length];
            var run = new DecoderRun(MsrpLimits.Default);
            run.Receive(prefix);
            var expected = MsrpReference.Read(prefix);
            AssertSame(expected, run.Reading);
            Assert.Equal(expected.Unread > 0, run.IsInsideFrame);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000)]
    public void NoPieceIsLargerThanTheLimit(int piece)
    {
        var text = MsrpText.Send("abcd", MsrpVectors.To, MsrpVectors.From, "1234", new string('x', 2500));
        var run = new DecoderRun(MsrpLimits.Default with { Piece = piece });
        run.Receive(MsrpText.Bytes(text + text));
        Assert.Equal(2, run.Reading.Frames.Count);
        Assert.Equal(piece, run.LargestPiece);
    }

    [Fact]
    public void ABodyOfExactlyOnePieceComesWhole()
    {
        var decoder = new MsrpDecoder(MsrpLimits.Default with { Piece = 10 });
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", MsrpVectors.To, MsrpVectors.From, "1234", "0123456789"));
        Assert.Equal(ParseStatus.Complete, decoder.Read(bytes, out var consumed, out var frame, out _));
        Assert.True(frame.IsFirstPiece && frame.IsLastPiece);
        Assert.Equal(bytes.Length, consumed);
    }

    [Theory]
    [InlineData("MSRP ", 'a', 5 + 33)]
    [InlineData("MSRP abcd 200 ", 'c', 1024)]
    [InlineData("MSRP abcd SEND\r\n", 'x', 8 * 1024)]
    [InlineData("xyz", 'x', 1)]
    public void AnEndlessLineIsRefusedAsSoonAsItIsTooLong(string beginning, char more, int expected)
    {
        var run = new DecoderRun(MsrpLimits.Default);
        run.Receive(MsrpText.Bytes(beginning[..Math.Min(expected, beginning.Length)]));
        while (run.Reading.Rejection == MsrpRejection.None)
        {
            run.Receive([(byte)more]);
        }

        Assert.Equal(expected, run.Unread);
    }

    [Fact]
    public void WhatWaitsUnreadFitsIntoTheBufferThatTheLimitsPromise()
    {
        var limits = new MsrpLimits { HeaderBlock = 512, Piece = 64 };
        var head = MsrpText.Send(new string('a', 32), MsrpVectors.To, MsrpVectors.From, "1234", "", headers: "X: " + new string('x', 200));
        head = head[..(head.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
        var run = new DecoderRun(limits);
        foreach (var octet in MsrpText.Bytes(head + string.Concat(Enumerable.Repeat("\r\n-------" + new string('a', 32) + "x", 20))))
        {
            run.Receive([octet]);
            Assert.True(run.Unread <= limits.MaximumUnread);
        }

        Assert.Equal(MsrpRejection.None, run.Reading.Rejection);
    }

    [Fact]
    public void AFrameAfterAnAbandonedOneIsReadAfresh()
    {
        var decoder = new MsrpDecoder(MsrpLimits.Default with { Piece = 4 });
        var text = MsrpText.Send("abcd", MsrpVectors.To, MsrpVectors.From, "1234", "0123456789");
        Assert.Equal(ParseStatus.Complete, decoder.Read(MsrpText.Bytes(text), out _, out var piece, out _));
        Assert.False(piece.IsLastPiece);
        Assert.True(decoder.IsInsideFrame);
        decoder.Reset();
        Assert.False(decoder.IsInsideFrame);
        var bytes = MsrpText.Bytes(MsrpText.Request("SEND", "efgh", MsrpVectors.To, MsrpVectors.From));
        Assert.Equal(ParseStatus.Complete, decoder.Read(bytes, out _, out var frame, out _));
        Assert.Equal("efgh", MsrpText.Text(frame.TransactionId));
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        var limits = MsrpLimits.Default with { Piece = 64 };
        var decoder = new MsrpDecoder(limits);
        var bytes = MsrpText.Bytes(
            MsrpText.Send("abcd", MsrpVectors.To, MsrpVectors.From, "1234", new string('x', 300))
            + MsrpText.Response("abcd", 200, MsrpVectors.To, MsrpVectors.From));
        ReadAll(decoder, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ReadAll(decoder, bytes);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadAll(MsrpDecoder decoder, ReadOnlySpan<byte> bytes)
    {
        while (decoder.Read(bytes, out var consumed, out _, out _) == ParseStatus.Complete)
        {
            bytes = bytes[consumed..];
        }
    }

    private static void AssertSame(MsrpReading expected, MsrpReading actual)
    {
        Assert.Equal(expected.Rejection, actual.Rejection);
        Assert.Equal(expected.Frames, actual.Frames);
    }
}
