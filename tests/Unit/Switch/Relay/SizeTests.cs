using OmaIm.Switch.Relay;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>What is too large or too much gets 413, and the far side forgets what it has of it.</summary>
public sealed class SizeTests : RelayTestBase
{
    public SizeTests() => Bench = new RelayBench(new RelayOptions { MaximumMessageSize = 1000, MaximumOpenMessages = 3 });

    [Theory]
    [Trait("Section", "RFC 4975 10.5")]
    [InlineData("1-5/1001")]
    [InlineData("997-*/*")]
    [InlineData("9223372036854775807-*/*")]
    public void AMessageThatIsTooLargeIsRefused(string range)
    {
        Alice.Send("Msg00001", "hello", range);
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
    }

    [Fact]
    public void TheLargestMessagePasses()
    {
        Relay("Msg00001", new string('x', 1000), "1-1000/1000");
        Relay("Msg00002", new string('x', 999), "1-*/*", '+');
        Relay("Msg00002", "x", "1000-*/*", '+');
        Alice.Request("SEND", "Message-ID: Msg00002", "Byte-Range: 1001-1000/1000");
        Assert.Equal("1001-1000/1000", Bob.TakeOne().ByteRange);
    }

    [Theory]
    [Trait("Section", "RFC 4975 10.5")]
    [InlineData(100_000, "1-*/*")]
    [InlineData(1, "901-*/1001")]
    public void WhatGrowsTooLargeIsAborted(int size, string range)
    {
        var first = Relay("Msg00001", new string('x', 900), "1-*/*", '+', "text/plain");
        Alice.Send("Msg00001", new string('x', size), range, '+');
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        var abort = Bob.TakeOne();
        Assert.Equal((first.MessageId, "901-900/*", '#', "text/plain"), (abort.MessageId, abort.ByteRange, abort.Flag, abort["Content-Type"]));
        Alice.Send("Msg00001", "more", "902-*/*");
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
        Relay("Msg00002", "goes on");
    }

    [Fact]
    public void UnfinishedMessagesAreCounted()
    {
        for (var i = 0; i < 3; i++)
        {
            Relay($"Msg{i:d5}", "hello", "1-5/10", '+');
        }

        Alice.Send("Msg00003", "hello", "1-5/10", '+');
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Relay("Msg00004", "whole");
        Relay("Msg00001", "world", "6-10/10");
        Relay("Msg00003", "hello", "1-5/10", '+');
    }

    [Fact]
    public void ARefusedMessageMakesRoom()
    {
        for (var i = 0; i < 3; i++)
        {
            Relay($"Msg{i:d5}", "hello", "1-5/*", '+');
        }

        Alice.Send("Msg00001", new string('x', 1000), "6-*/*", '+');
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Assert.Equal('#', Bob.TakeOne().Flag);
        Relay("Msg00004", "hello", "1-5/*", '+');
    }
}
