using OmaIm.Client;
using OmaIm.Client.Files;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>What our client answers when it is offered a file, or asked for one (RFC 5547 section 8.3).</summary>
public sealed class AnswererTests(Lobby lobby) : IClassFixture<Lobby>, IDisposable
{
    private const string Bob = "sip:bob@localhost";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");
    private readonly Arrivals<string> _files = new();
    private readonly Arrivals<ImException> _broken = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    [Trait("Section", "RFC 5547 8.3.1")]
    public async Task TheAnswerRepeatsWhichTransferAndWhichFile()
    {
        await using var bob = await AcceptingAsync();
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync(Bob, FileText.Sdp(SdpText.Path(), "sendonly", "transfer1"));
        Assert.Equal(200, dialog.Response.Status);
        Assert.Contains("a=recvonly\r\n", dialog.Answer, StringComparison.Ordinal);
        Assert.Equal(("transfer1", FileText.Selector), (SdpText.Attribute(dialog.Answer, "file-transfer-id"), SdpText.Attribute(dialog.Answer, "file-selector")));
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.7")]
    public async Task AFileIsOneMessageAndIsReportedWhenItIsWhole()
    {
        await using var bob = await AcceptingAsync();
        await using var alice = await lobby.ConnectAsync("alice");
        var path = SdpText.Path();
        var dialog = await alice.InviteAsync(Bob, FileText.Sdp(path, "sendonly", "transfer2"));
        await using var msrp = await FileText.ConnectAsync(dialog.Answer, path);
        var (half, total) = (FileText.Content.Length / 2, FileText.Content.Length);
        await SendAsync(msrp, "half1", FileText.Content[..half], $"1-{half}/{total}", '+');
        await SendAsync(msrp, "half2", FileText.Content[half..], $"{half + 1}-{total}/{total}", '$');
        var report = await msrp.RequestAsync("REPORT");
        Assert.StartsWith("000 200", report["Status"], StringComparison.Ordinal);
        Assert.Equal(FileText.Content, await File.ReadAllTextAsync(await _files.NextAsync()));
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.3.1")]
    public async Task WhatAnEarlierTransferHasLeftIsNotAskedForAgain()
    {
        await using var bob = await AcceptingAsync();
        await using var alice = await lobby.ConnectAsync("alice");
        await BreakOffAsync(alice, FileText.Content[..10]);
        await _broken.NextAsync();
        var path = SdpText.Path();
        var dialog = await alice.InviteAsync(Bob, FileText.Sdp(path, "sendonly", "again", $"a=file-range:1-{FileText.Content.Length}"));
        Assert.StartsWith("11-", SdpText.Attribute(dialog.Answer, "file-range"), StringComparison.Ordinal);
        await using var msrp = await FileText.ConnectAsync(dialog.Answer, path);
        var rest = FileText.Content[10..];
        await SendAsync(msrp, "rest1", rest, $"1-{rest.Length}/{rest.Length}", '$');
        Assert.StartsWith("000 200", (await msrp.RequestAsync("REPORT"))["Status"], StringComparison.Ordinal);
        Assert.Equal(FileText.Content, await File.ReadAllTextAsync(await _files.NextAsync()));
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.3.2")]
    public async Task WhoHasTheFileDescribesItAndSendsIt()
    {
        var path = Path.Combine(_directory.FullName, "source.txt");
        await File.WriteAllTextAsync(path, FileText.Content);
        await using var bob = await lobby.ClientAsync("dave", client => client.FileOffered += offer => _ = offer.ProvideAsync(new FileToSend(path) { MediaType = "text/plain" }));
        await using var alice = await lobby.ConnectAsync("alice");
        var own = SdpText.Path();
        var offer = FileText.Sdp(own, "recvonly", "pull1").Replace(FileText.Selector, "name:\"source.txt\"", StringComparison.Ordinal);
        var dialog = await alice.InviteAsync("sip:dave@localhost", offer);
        Assert.Contains("a=sendonly\r\n", dialog.Answer, StringComparison.Ordinal);
        Assert.Equal("pull1", SdpText.Attribute(dialog.Answer, "file-transfer-id"));
        Assert.Contains($"size:{FileText.Content.Length}", SdpText.Attribute(dialog.Answer, "file-selector"), StringComparison.Ordinal);
        await using var msrp = await FileText.ConnectAsync(dialog.Answer, own);
        var chunk = await msrp.MessageAsync();
        Assert.Equal(FileText.Content, chunk.Body);
        await msrp.RespondAsync(chunk);
        await dialog.ByeAsync();
    }

    private Task<ImClient> AcceptingAsync() => lobby.ClientAsync("bob", client => client.FileOffered += offer => _ = AcceptAsync(offer));

    private async Task AcceptAsync(FileOffer offer)
    {
        try
        {
            _files.Add(await offer.AcceptAsync(_directory.FullName));
        }
        catch (ImException failure)
        {
            _broken.Add(failure);
        }
    }

    /// <summary>Sends a beginning, and goes.</summary>
    private static async Task BreakOffAsync(WireUser alice, string beginning)
    {
        var path = SdpText.Path();
        var dialog = await alice.InviteAsync(Bob, FileText.Sdp(path, "sendonly", "first", $"a=file-range:1-{FileText.Content.Length}"));
        await using var msrp = await FileText.ConnectAsync(dialog.Answer, path);
        await SendAsync(msrp, "begin1", beginning, $"1-{beginning.Length}/{FileText.Content.Length}", '+');
        await dialog.ByeAsync();
    }

    private static async Task SendAsync(WireMsrp msrp, string id, string body, string range, char flag)
    {
        await msrp.SendAsync(MsrpText.Send(id, msrp.To, msrp.From, "Msgfile", body, range, flag, "text/plain", "Success-Report: yes"));
        Assert.Equal(200, (await msrp.AnswerAsync(id)).StatusCode);
    }
}
