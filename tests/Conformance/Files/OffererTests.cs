using OmaIm.Client;
using OmaIm.Client.Files;
using OmaIm.Protocols.Sdp;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>What our client says when it pushes a file, or fetches one (RFC 5547 sections 6 and 8.2).</summary>
public sealed class OffererTests : IClassFixture<Lobby>, IDisposable
{
    private const string Bob = "sip:bob@localhost";

    private readonly Lobby _lobby;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");
    private readonly string _path;

    public OffererTests(Lobby lobby)
    {
        _lobby = lobby;
        _path = Path.Combine(_directory.FullName, "source.txt");
        File.WriteAllText(_path, FileText.Content);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    [Trait("Section", "RFC 5547 8.2.1")]
    public async Task APushedFileIsDescribedWhole()
    {
        var (offer, _) = await DeclinedAsync();
        var selector = SdpText.Attribute(offer, "file-selector");
        Assert.Contains("a=sendonly\r\n", offer, StringComparison.Ordinal);
        Assert.Contains("name:\"My cool%25.txt\"", selector, StringComparison.Ordinal);
        Assert.Contains("type:text/plain", selector, StringComparison.Ordinal);
        Assert.Contains($"size:{FileText.Content.Length}", selector, StringComparison.Ordinal);
        Assert.Contains($"hash:sha-1:{FileText.Hash}", selector, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("render", SdpText.Attribute(offer, "file-disposition"));
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.1")]
    public async Task EveryTransferHasAnIdOfItsOwn()
    {
        var ((first, _), (second, _)) = (await DeclinedAsync(), await DeclinedAsync());
        var (one, other) = (SdpText.Attribute(first, "file-transfer-id"), SdpText.Attribute(second, "file-transfer-id"));
        Assert.NotEqual(one, other);
        Assert.True(one.Length >= 16, one);
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.2.2")]
    public async Task AFetchedFileIsAskedForToReceive()
    {
        await using var bob = await _lobby.RegisterAsync("bob");
        var fetching = _lobby.Appliance.Client("alice").FetchFileAsync(Bob, new FileSelector { Name = "report.pdf" }, _directory.FullName);
        var invite = await bob.IncomingAsync("INVITE");
        Assert.Contains("a=recvonly\r\n", invite.Body, StringComparison.Ordinal);
        Assert.Equal("name:\"report.pdf\"", SdpText.Attribute(invite.Body, "file-selector"));
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        Assert.Equal(603, (await Assert.ThrowsAsync<ImException>(() => fetching)).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.3.1")]
    public async Task AnAnswerThatRejectsTheStreamRejectsTheFile()
    {
        await using var bob = await _lobby.RegisterAsync("bob");
        var sending = PushAsync();
        var invite = await bob.IncomingAsync("INVITE");
        var path = SdpText.Path();
        var answer = FileText.Sdp(path, "recvonly", SdpText.Attribute(invite.Body, "file-transfer-id")).Replace("m=message 9 ", "m=message 0 ", StringComparison.Ordinal);
        await bob.AcceptAsync(invite, answer);
        var bye = await bob.IncomingAsync("BYE");
        await bob.RespondAsync(bye, 200, "OK");
        await Assert.ThrowsAsync<ImException>(() => sending);
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.3.1")]
    public async Task OnlyTheRestThatTheReceiverAsksForIsSent()
    {
        await using var bob = await _lobby.RegisterAsync("bob");
        var sending = PushAsync();
        var invite = await bob.IncomingAsync("INVITE");
        Assert.StartsWith("1-", SdpText.Attribute(invite.Body, "file-range"), StringComparison.Ordinal);
        var path = SdpText.Path();
        await bob.AcceptAsync(
            invite, FileText.Sdp(path, "recvonly", SdpText.Attribute(invite.Body, "file-transfer-id"), $"a=file-range:11-{FileText.Content.Length}"));
        await using var msrp = await FileText.ConnectAsync(invite.Body, path);
        var chunk = await msrp.MessageAsync();
        await msrp.RespondAsync(chunk);
        var rest = FileText.Content[10..];
        Assert.Equal((rest, $"1-{rest.Length}/{rest.Length}"), (chunk.Body, chunk.ByteRange));
        await msrp.SendAsync(Support.MsrpText.Request(
            "REPORT", "rep1", chunk.FromPath, chunk.ToPath, "Message-ID: " + chunk.MessageId, $"Byte-Range: 1-{rest.Length}/{rest.Length}", "Status: 000 200 OK"));
        await bob.RespondAsync(await bob.IncomingAsync("BYE"), 200, "OK");
        await sending;
    }

    private Task PushAsync() => _lobby.Appliance.Client("alice").SendFileAsync(
        Bob, new FileToSend(_path) { Name = "My cool%.txt", MediaType = "text/plain", Disposition = FileTransfer.Render });

    /// <summary>What bob was offered before he declined.</summary>
    private async Task<(string Offer, int Status)> DeclinedAsync()
    {
        await using var bob = await _lobby.RegisterAsync("bob");
        var sending = PushAsync();
        var invite = await bob.IncomingAsync("INVITE");
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        return (invite.Body, (await Assert.ThrowsAsync<ImException>(() => sending)).StatusCode);
    }
}
