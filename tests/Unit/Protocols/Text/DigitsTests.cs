using System.Text;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

public sealed class DigitsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("00042", 42)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void DigitsAreANumber(string text, long expected)
    {
        Assert.True(Digits.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("+5")]
    [InlineData("-1")]
    [InlineData("5\0")]
    [InlineData("0x5")]
    [InlineData("٥")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551621")] // 2^64 + 5
    public void AnythingElseIsNot(string text)
    {
        Assert.False(Digits.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(0, value);
    }

    [Theory]
    [InlineData("255", 255, true)]
    [InlineData("256", 255, false)]
    [InlineData("0", 0, true)]
    [InlineData("1", 0, false)]
    [InlineData("9", 8, false)]
    public void TheMaximumHolds(string text, long maximum, bool expected)
        => Assert.Equal(expected, Digits.TryParse(Encoding.UTF8.GetBytes(text), maximum, out _));
}
