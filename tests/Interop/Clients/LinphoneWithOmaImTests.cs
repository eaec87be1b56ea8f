using System.Text.Json;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.EndToEnd.Cli;
using Xunit;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>Linphone at one end, the command <c>omaim</c> in a process of its own at the other.</summary>
public sealed class LinphoneWithOmaImTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task ListenShowsWhatLinphoneSays()
    {
        using var alice = OmaImProcess.Start("listen", "--user", "alice", "--server", appliance.Server, "--displayed");
        await alice.ExpectPartAsync("\"event\":\"listening\"");
        await using var linphone = await LinphoneClient.RegisterAsync(appliance.Host.SipTcp, "bob");
        await linphone.SendAsync("sip:alice@localhost", "Grüße aus Linphone");
        await linphone.SendAsync("sip:alice@localhost", "and more");
        foreach (var said in (string[])["Grüße aus Linphone", "and more"])
        {
            var message = JsonDocument.Parse(await alice.ExpectPartAsync("\"event\":\"message\"")).RootElement;
            Assert.Equal(
                ("sip:bob@localhost", "sip:alice@localhost", "pager", "text/plain", said),
                (Text(message, "from"), Text(message, "to"), Text(message, "mode"), Text(message, "contentType"), Text(message, "text")));
        }

        await linphone.ShowsDeliveredAsync(2);
    }

    [Fact]
    [Trait("Section", "RFC 5438 7.2.1")]
    public async Task LinphonesReceiptIsTheSecondTick()
    {
        await using var linphone = await LinphoneClient.RegisterAsync(appliance.Host.SipTcp, "bob");
        using var alice = OmaImProcess.Start("im", "bob", "Grüße aus omaim", "--user", "alice", "--server", appliance.Server, "--wait", "30");
        await linphone.ReceivesAsync("Message received from sip:alice@localhost: Grüße aus omaim");
        await alice.ExpectAsync("✓ sent");
        await alice.ExpectAsync("✓✓ delivered");
        Assert.Equal(0, await alice.ExitCodeAsync());
    }

    [Fact]
    [Trait("Section", "RFC 5438 11")]
    public async Task LinphonesReceiptNamesTheMessage()
    {
        await using var linphone = await LinphoneClient.RegisterAsync(appliance.Host.SipTcp, "bob");
        using var alice = OmaImProcess.Start("im", "bob", "which one?", "--user", "alice", "--server", appliance.Server, "--wait", "30", "--json");
        var sent = JsonDocument.Parse(await alice.ExpectPartAsync("\"event\":\"sent\"")).RootElement;
        var receipt = JsonDocument.Parse(await alice.ExpectPartAsync("\"event\":\"receipt\"")).RootElement;
        Assert.Equal(
            ("sip:bob@localhost", "delivered", Text(sent, "messageId")),
            (Text(receipt, "from"), Text(receipt, "status"), Text(receipt, "messageId")));
        Assert.Equal(0, await alice.ExitCodeAsync());
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.26")]
    public async Task AConversationThatLinphoneCannotHaveFailsAtOnce()
    {
        await using var linphone = await LinphoneClient.RegisterAsync(appliance.Host.SipTcp, "bob");
        using var alice = OmaImProcess.Start("im", "bob", "--user", "alice", "--server", appliance.Server);
        Assert.Equal(1, await alice.ExitCodeAsync());
        Assert.Contains("488", alice.Errors, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
