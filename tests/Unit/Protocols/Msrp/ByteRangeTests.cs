using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("1-4/4", 1, 4, 4)]
    [InlineData("1-*/4", 1, -1, 4)]
    [InlineData("1-*/*", 1, -1, -1)]
    [InlineData("1-4/*", 1, 4, -1)]
    [InlineData("1-0/0", 1, 0, 0)]
    [InlineData("1-0/*", 1, 0, -1)]
    [InlineData("5-4/4", 5, 4, 4)]
    [InlineData("1-*/0", 1, -1, 0)]
    [InlineData("2049-4096/10000", 2049, 4096, 10000)]
    [InlineData("9223372036854775807-*/9223372036854775807", long.MaxValue, -1, long.MaxValue)]
    public void ARangeReads(string text, long start, long end, long total)
    {
        Assert.True(ByteRange.TryParse(MsrpText.Bytes(text), out var range));
        Assert.Equal(new ByteRange(start, end, total), range);
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0-")]
    [InlineData("0-4/4")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("-1-4/4")]
    [InlineData("5-1/10")]
    [InlineData("1-10/5")]
    [InlineData("1- 4/4")]
    [InlineData(" 1-4/4")]
    [InlineData("1-4/4 ")]
    [InlineData("+1-4/4")]
    [InlineData("1-+4/4")]
    [InlineData("1-4/+4")]
    [InlineData("1-4/-4")]
    [InlineData("*-4/4")]
    [InlineData("1-**/4")]
    [InlineData("1-4")]
    [InlineData("1/4-4")]
    [InlineData("1-4/4/4")]
    [InlineData("1-4-4/4")]
    [InlineData("1-4/4\0")]
    [InlineData("0x1-4/4")]
    [InlineData("1-*/9223372036854775808")]
    [InlineData("1-*/18446744073709551616")]
    [InlineData("1-18446744073709551617/*")]
    [InlineData("7-*/5")]
    [InlineData("\u0661-4/4")]
    public void AnythingElseIsRefused(string text) => Assert.False(ByteRange.TryParse(MsrpText.Bytes(text), out _));
}
