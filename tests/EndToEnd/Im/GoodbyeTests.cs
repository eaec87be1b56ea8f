using OmaIm.Client;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>How a client ends.</summary>
public sealed class GoodbyeTests
{
    [Fact]
    public async Task APeerThatDoesNotAnswerTheByeKeepsNobodyRegistered()
    {
        await using var runtime = ImRuntime.Start();
        await using var pair = await DirectPair.StartAsync(bob => bob with { Runtime = runtime });
        var accepted = AcceptNext(pair.Bob);
        await pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        await accepted;

        await runtime.DisposeAsync(); // bob is gone without a word
        await pair.Alice.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.Contains("sip:alice@localhost", pair.Unregistered);
    }
}
