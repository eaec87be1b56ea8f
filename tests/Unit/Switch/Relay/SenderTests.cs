using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>Whom a message/cpim that is relayed names as its sender, which is what its reader is shown.</summary>
[Trait("Section", "RFC 3862 3.1")]
public sealed class SenderTests : RelayTestBase
{
    private const string Own = "From: <sip:alice@example.com>\r\nTo: <sip:bob@example.com>\r\n\r\nContent-Type: text/plain\r\n\r\n";

    private readonly List<string> _asked = [];

    public SenderTests() => Bench.Route.First.CheckSenders(from =>
    {
        _asked.Add(MsrpText.Text(from));
        return _asked[^1] == "sip:alice@example.com";
    });

    [Fact]
    public void HisOwnNamePassesAndIsAskedForOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Own + "hello", Relay($"Msg{i:d5}", Own + "hello", contentType: "message/cpim").Body);
        }

        Assert.Equal(["sip:alice@example.com"], _asked);
    }

    [Theory]
    [InlineData("message/cpim")]
    [InlineData("Message/CPIM; charset=utf-8")]
    public void AnothersIsRefused(string contentType)
    {
        Alice.Send("Msg00001", Own.Replace("sip:alice", "sip:carol", StringComparison.Ordinal) + "hello", contentType: contentType);
        Assert.Equal(403, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
        Relay("Msg00002", Own + "hello", contentType: contentType);
    }

    [Theory]
    [InlineData("nonsense", '$')]
    [InlineData("From: <sip:alice@example.com>\r\nFrom: <sip:carol@example.com>\r\n\r\n", '$')]
    [InlineData("From: <sip:ali", '+')]
    public void WhatHidesItIsRefusedAndAllThatBelongsToIt(string beginning, char flag)
    {
        Alice.Send("Msg00001", beginning, "1-*/*", flag, "message/cpim");
        Assert.Equal(400, Alice.TakeOne().StatusCode);
        Alice.Send("Msg00001", new string('x', 100), "20000-*/*", '+', "message/cpim");
        Assert.Equal(flag == '+' ? 413 : 200, Alice.TakeOne().StatusCode);
        Assert.Equal(flag == '+' ? 0 : 1, Bob.Take().Count);
    }

    [Theory]
    [InlineData(5, "message/cpim")]
    [InlineData(5, "text/plain")]
    [InlineData(1, "text/plain")]
    [InlineData(1000, "text/plain")]
    public void NoLaterChunkOverwritesIt(int start, string contentType)
    {
        Relay("Msg00001", Own, $"1-{Own.Length}/*", '+', "message/cpim");
        Alice.Send("Msg00001", ": <sip:carol@example.com>", $"{start}-*/*", '+', contentType);
        Assert.Equal(400, Alice.TakeOne().StatusCode);
        Assert.Equal('#', Bob.TakeOne().Flag);
    }

    [Fact]
    public void NoEarlierChunkAnnouncesAnotherType()
    {
        Relay("Msg00001", "rest", "20-23/*", '+');
        Alice.Send("Msg00001", Own, "1-*/*", '+', "message/cpim");
        Assert.Equal(400, Alice.TakeOne().StatusCode);
        Alice.Send("Msg00002", "om: <sip:carol@example.com>", "3-*/*", '+', "message/cpim");
        Assert.Equal(400, Alice.TakeOne().StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("message/cpim")]
    public void NoBeginningComesBehindItsEnd(string contentType)
    {
        Relay("Msg00001", "x", "9000-9000/9000", contentType: "message/cpim");
        Alice.Send("Msg00001", Own.Replace("sip:alice", "sip:carol", StringComparison.Ordinal), "1-*/9000", '+', contentType);
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Assert.Empty(Bob.Take());
        Relay("Msg00002", Own + "hello", contentType: "message/cpim");
    }

    [Fact]
    public void EndsWithoutABeginningAreRememberedAndSoAreNotTakenWithoutLimit()
    {
        for (var i = 0; i < 16; i++)
        {
            Relay($"Msg{i:d5}", "x", "9000-9000/9000", contentType: "message/cpim");
        }

        Alice.Send("Msg00099", "x", "9000-9000/9000", contentType: "message/cpim");
        Assert.Equal(413, Alice.TakeOne().StatusCode);
        Alice.Send("Msg00000", Own, "1-*/9000", '+', "text/plain");
        Assert.Equal(413, Alice.TakeOne().StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.2")]
    public void AnEndWithoutABeginningThatIsLostHasFailed()
    {
        Relay("Msg00001", "x", "9000-9000/9000", contentType: "message/cpim");
        Bench.LoseBob();
        IsReport(Alice.TakeOne(), "Msg00001", "9000-9000/9000", 408);
    }

    [Fact]
    public void TheRestOfALongMessageIsNotLookedAt()
    {
        Relay("Msg00001", Own, $"1-{Own.Length}/*", '+', "message/cpim");
        Assert.Equal("From: <sip:carol@example.com>", Relay("Msg00001", "From: <sip:carol@example.com>", $"{Own.Length + 1}-*/*", '$', "message/cpim").Body);
        Relay("Msg00002", "resumed", "100000-*/*", '$', "message/cpim");
        Alice.Send("Msg00003", Own + new string('x', 300_000), contentType: "message/cpim");
        Assert.Equal(200, Alice.TakeOne().StatusCode);
        Assert.Equal(Own.Length + 300_000, Bob.Take().Sum(static frame => frame.Body!.Length));
    }

    [Fact]
    public void OtherContentAndTheOtherSideAreFree()
    {
        Relay("Msg00001", "From: <sip:carol@example.com>\r\n\r\n", contentType: "text/plain");
        Relay("Msg00001", "nonsense", contentType: "message/cpimx");
        Bob.Send("Msg00001", Own + "hello");
        Assert.Equal(Own + "hello", Alice.Take()[^1].Body);
        Assert.Empty(_asked);
    }
}
