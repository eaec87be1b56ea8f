using OmaIm.Cli.Chat;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class LineJoinerTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("first\\|second", "first\nsecond")]
    [InlineData("a\\|b\\|c", "a\nb\nc")]
    [InlineData("a\\|", "a\n")]
    [InlineData("ends in one\\\\", "ends in one\\")]
    [InlineData("/multi|a|b|.", "a\nb")]
    [InlineData("/multi|a||b|.", "a\n\nb")]
    [InlineData("/multi||a|.", "\na")]
    [InlineData("/multi|back\\|slash|.", "back\\\nslash")]
    [InlineData("/multi|/who|.", "//who")]
    [InlineData("/multi|.", "")]
    public void LinesMakeOneInput(string lines, string expected)
    {
        var joiner = new LineJoiner();
        var parts = lines.Split('|');
        foreach (var line in parts[..^1])
        {
            Assert.Null(joiner.Add(line));
            Assert.True(joiner.IsOpen);
        }

        Assert.Equal(expected, joiner.Add(parts[^1]));
        Assert.False(joiner.IsOpen);
    }

    [Fact]
    public void NothingOfOneInputStaysForTheNext()
    {
        var joiner = new LineJoiner();
        joiner.Add("a\\");
        joiner.Add("b");
        Assert.Equal("c", joiner.Add("c"));
        joiner.Add("/multi");
        joiner.Add("d");
        joiner.Add(".");
        Assert.Equal(".", joiner.Add("."));
    }

    [Fact]
    public void WhatTheEndOfInputCutsOffIsNotLost()
    {
        var joiner = new LineJoiner();
        joiner.Add("/multi");
        joiner.Add("a");
        joiner.Add("b");
        Assert.Equal("a\nb", joiner.Flush());
        Assert.Null(joiner.Flush());
    }
}
