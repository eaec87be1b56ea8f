using System.Text;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Multipart;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Imdn;

[Trait("Section", "RFC 5438 8.3")]
public sealed class ImdnBodyTests
{
    private static ImdnDocument Delivered(string id) => new() { MessageId = id, Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };

    [Fact]
    public void OneNotificationStandsForItself()
    {
        var body = ImdnBody.Write([Delivered("a")], out var contentType);
        Assert.Equal("message/imdn+xml", contentType);
        Assert.True(ImdnBody.TryParse(contentType, body, out var notifications));
        Assert.Equal([Delivered("a")], notifications);
        Assert.True(ImdnBody.TryParse("Message/IMDN+xml; charset=UTF-8", body, out _));
    }

    [Fact]
    public void SeveralAreTheirListServersMultipart()
    {
        var body = ImdnBody.Write([Delivered("a"), Delivered("b"), Delivered("c")], out var contentType);
        Assert.StartsWith("multipart/mixed", contentType, StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: notification", WireText.Text(body), StringComparison.Ordinal);
        Assert.True(ImdnBody.TryParse(contentType, body, out var notifications));
        Assert.Equal([Delivered("a"), Delivered("b"), Delivered("c")], notifications);
    }

    [Fact]
    public void AMultipartWithAnythingElseIsNoNotification()
    {
        var body = MultipartBody.Write(
            "mixed", [BodyPart.Create(ImdnDocument.ContentType, Delivered("a").ToBytes()), BodyPart.Create("text/plain", "hi"u8.ToArray())], out var contentType);
        Assert.False(ImdnBody.TryParse(contentType, body, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("multipart/related;boundary=a")]
    [InlineData("multipart/mixed")]
    [InlineData("message/imdn+xml")]
    public void OtherContentIsRefused(string? contentType) =>
        Assert.False(ImdnBody.TryParse(contentType, Encoding.UTF8.GetBytes("hello"), out _));

    [Fact]
    public void SixtyFourPartsAreTheLimit()
    {
        var many = Enumerable.Range(0, MultipartBody.MaximumParts).Select(i => Delivered(i.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var body = ImdnBody.Write(many, out var contentType);
        Assert.True(ImdnBody.TryParse(contentType, body, out var read));
        Assert.Equal(many, read);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImdnBody.Write([.. many, Delivered("x")], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImdnBody.Write([], out _));
    }
}
