using OmaIm.Client;
using OmaIm.Client.Files;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.EndToEnd.Sessions;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>Sessions and files when they are too large, or for one of several devices.</summary>
public sealed class SessionModeTests(ModesAppliance appliance) : IClassFixture<ModesAppliance>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task AMessageThatIsTooLargeIsRefusedAndTheSessionGoesOn()
    {
        await using var session = await Conversation.BeginAsync(appliance);
        await session.Alice.SayAsync("big1", new string('x', ModesAppliance.Limit + 1));
        await session.Alice.UntilAsync(() => session.Alice.Frames.Any(static frame => frame.TransactionId == "big1"));
        Assert.Equal(413, session.Alice.Frames.Single(static frame => frame.TransactionId == "big1").StatusCode);
        await session.Alice.SayAsync("fit1", "that fits");
        Assert.Equal("that fits", await session.Bob.HearAsync("mfit1", 9));
        Assert.DoesNotContain(session.Bob.Frames, static frame => frame.MessageId == "mbig1");
    }

    [Fact]
    public async Task TheClientIsToldHowLargeAMessageMayBe()
    {
        var (alice, bob) = (appliance.Client("carol"), appliance.Client("dave"));
        await bob.RegisterAsync();
        var accepted = SessionSteps.AcceptNext(bob);
        await using var session = await alice.OpenSessionAsync("sip:dave@localhost").WaitAsync(Patience);
        await using var other = await accepted;
        var failure = await Assert.ThrowsAsync<ImException>(() => session.SendAsync(new string('x', ModesAppliance.Limit + 1)).WaitAsync(Patience));
        Assert.Equal(413, failure.StatusCode);
        await session.SendAsync("that fits").WaitAsync(Patience);
        Assert.Equal("that fits", (await SessionSteps.NextAsync<SessionMessage>(other)).Message.Text);
        await bob.UnregisterAsync();
    }

    [Fact]
    public async Task AFileThatIsTooLargeIsRefusedBeforeItFlows()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var refused = await Assert.ThrowsAsync<ImException>(
            () => appliance.Client("alice").SendFileAsync("sip:bob@localhost", new FileToSend(Make(ModesAppliance.Limit + 1))).WaitAsync(Patience));
        Assert.Equal(413, refused.StatusCode);
        WireUser.Expect(await bob.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.DoesNotContain(bob.Received, static message => message.Method == "INVITE");
    }

    [Fact]
    public async Task AFileIsOfferedToAllDevicesAndOneTakesIt()
    {
        var path = Make(ModesAppliance.Limit / 2);
        await using var phone = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol");
        var laptop = appliance.Client("carol");
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        laptop.FileOffered += async offer => received.TrySetResult(await offer.AcceptAsync(_directory.CreateSubdirectory("inbox").FullName));
        await laptop.RegisterAsync();

        var sending = appliance.Client("alice").SendFileAsync("sip:carol@localhost", new FileToSend(path));
        var ringing = await phone.IncomingAsync("INVITE");
        await phone.RespondAsync(ringing, 180, "Ringing", tag: "p1");
        await phone.RespondAsync(await phone.IncomingAsync("CANCEL"), 200, "OK", tag: "p1");
        await phone.RespondAsync(ringing, 487, "Request Terminated", tag: "p1");
        await sending.WaitAsync(Patience);
        Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(await received.Task.WaitAsync(Patience)));
        await laptop.UnregisterAsync();
    }

    private string Make(int size)
    {
        var path = Path.Combine(_directory.FullName, "source");
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
