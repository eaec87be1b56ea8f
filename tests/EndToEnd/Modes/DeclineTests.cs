using OmaIm.Client;
using OmaIm.Client.Files;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>Who declines, or is not there, is told of by status (RFC 3261 section 21.6.2), whatever it was that he was offered.</summary>
public sealed class DeclineTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task ADeclinedSessionIs603()
    {
        var bob = appliance.Client("bob");
        bob.SessionInvited += invitation => invitation.Decline();
        await bob.RegisterAsync();
        var refused = await Assert.ThrowsAsync<ImException>(() => appliance.Client("alice").OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience));
        Assert.Equal(603, refused.StatusCode);
    }

    [Fact]
    public async Task ADeclinedFileIs603()
    {
        var carol = appliance.Client("carol");
        carol.FileOffered += offer => offer.Decline();
        await carol.RegisterAsync();
        var refused = await Assert.ThrowsAsync<ImException>(
            () => appliance.Client("alice").SendFileAsync("sip:carol@localhost", new FileToSend(_file)).WaitAsync(Patience));
        Assert.Equal(603, refused.StatusCode);
    }

    [Fact]
    public async Task AFileForSomebodyWhoIsNotThereIs480()
    {
        var refused = await Assert.ThrowsAsync<ImException>(
            () => appliance.Client("alice").SendFileAsync("sip:dave@localhost", new FileToSend(_file)).WaitAsync(Patience));
        Assert.Equal(480, refused.StatusCode);
    }
}
