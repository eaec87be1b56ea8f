using OmaIm.Client.Files;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>The picture of a file beside its description (RFC 5547 section 9.1), and a name that would do harm (section 10).</summary>
public sealed class FileNameTests(Lobby lobby) : IClassFixture<Lobby>, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("names");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    [Trait("Section", "RFC 5547 9.1")]
    public async Task ThePictureOfAFileIsThePartThatItsDescriptionNames()
    {
        var path = Path.Combine(_directory.FullName, "picture.txt");
        await File.WriteAllTextAsync(path, FileText.Content);
        await using var server = new FakeServer();
        var invite = await server.InvitedAsync(client => client.SendFileAsync(
            "sip:bob@localhost", new FileToSend(path) { MediaType = "text/plain", Icon = new FileIcon("image/png", MsrpText.Bytes("small picture")) }));
        Assert.StartsWith("multipart/related", invite["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("type=\"application/sdp\"", invite["Content-Type"], StringComparison.Ordinal);
        var icon = SdpText.Attribute(invite.Body, "file-icon");
        Assert.StartsWith("cid:", icon, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: image/png\r\nContent-ID: <{icon[4..]}>\r\nContent-Disposition: icon\r\n\r\nsmall picture\r\n--", invite.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../evil.txt", "evil.txt")]
    [InlineData("C:\\windows\\evil.txt", "evil.txt")]
    [InlineData(".profile", "_profile")]
    [InlineData("..", "file")]
    [Trait("Section", "RFC 5547 10")]
    public async Task TheNameOfAFileLeadsNowhereElse(string offered, string kept)
    {
        var files = new Arrivals<string>();
        var target = _directory.CreateSubdirectory("in");
        await using var bob = await lobby.ClientAsync("bob", client => client.FileOffered += async offer => files.Add(await offer.AcceptAsync(target.FullName)));
        await using var alice = await lobby.ConnectAsync("alice");
        var path = SdpText.Path();
        var offer = FileText.Sdp(path, "sendonly", "name1").Replace("name:\"My cool%25.txt\"", $"name:\"{offered}\"", StringComparison.Ordinal);
        var dialog = await alice.InviteAsync("sip:bob@localhost", offer);
        await using var msrp = await FileText.ConnectAsync(dialog.Answer, path);
        await msrp.SendAsync(MsrpText.Send(
            "file1", msrp.To, msrp.From, "Msgfile", FileText.Content, $"1-{FileText.Content.Length}/{FileText.Content.Length}", '$', "text/plain", "Success-Report: yes"));
        Assert.Equal(Path.Combine(target.FullName, kept), await files.NextAsync());
        await dialog.ByeAsync();
    }
}
