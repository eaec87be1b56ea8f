using OmaIm.Protocols.Multipart;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Multipart;

public sealed class MimeTypeTests
{
    [Theory]
    [InlineData("text/plain", "text/plain", null)]
    [InlineData(" Text/Plain ", "text/plain", null)]
    [InlineData("text/plain;", "text/plain", null)]
    [InlineData("text/plain; charset=utf-8", "text/plain", "utf-8")]
    [InlineData("text/plain ;a=b; CHARSET = \"UTF-8\" ;c=d", "text/plain", "UTF-8")]
    [InlineData("text/plain;charset=\"a;b \\\"c\\\\\"", "text/plain", "a;b \"c\\")]
    [InlineData("recipient-list; charset=x", "recipient-list", "x")]
    [InlineData("application/vnd.gsma.rcs-ft-http+xml", "application/vnd.gsma.rcs-ft-http+xml", null)]
    public void Accepted(string text, string name, string? charset)
    {
        Assert.True(MimeType.TryParse(text, out var type));
        Assert.Equal((name, charset), (type.Name, type.Parameter("charset")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("/plain")]
    [InlineData("text/")]
    [InlineData("text/plain/x")]
    [InlineData("text /plain")]
    [InlineData("text/plain x")]
    [InlineData("text/plain; charset")]
    [InlineData("text/plain; charset=")]
    [InlineData("text/plain; =x")]
    [InlineData("text/plain; a=b c")]
    [InlineData("text/plain; a=\"b")]
    [InlineData("text/plain; a=\"b\\")]
    [InlineData("text/plain; a=\"b\r\nc\"")]
    [InlineData("text/plain; a=\"b\\\nc\"")]
    [InlineData("text/plain; a=b; A=c")]
    [InlineData("text/plain\r\nX: y")]
    public void Refused(string text) => Assert.False(MimeType.TryParse(text, out _));

    [Fact]
    public void AParameterIsNotFoundByAPartOfItsName()
    {
        Assert.True(MimeType.TryParse("multipart/mixed; xboundary=a; boundary2=b", out var type));
        Assert.Null(type.Parameter("boundary"));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void SixteenParametersAreTheLimit(int count, bool isAccepted) =>
        Assert.Equal(isAccepted, MimeType.TryParse("a/b" + string.Concat(Enumerable.Range(0, count).Select(i => $";p{i}=x")), out _));
}
