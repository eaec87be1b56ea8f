using OmaIm.Client;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using Xunit;
using static OmaIm.Tests.EndToEnd.Im.SessionSteps;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>Sessions for a large message are accepted from anybody: one in which nothing is said ends.</summary>
public sealed class IdleSessionTests
{
    [Fact]
    public async Task ALargeMessageOfWhichNothingComesIsNotWaitedForForEver()
    {
        var time = new FakeTimeProvider();
        await using var runtime = ImRuntime.Start(new ImRuntimeOptions { Time = time });
        await using var pair = await DirectPair.StartAsync(bob => bob with { Runtime = runtime });
        pair.Bob.MessageReceived += _ => { };
        pair.Altered = request =>
        {
            if (request.Method == SipMethod.Invite)
            {
                request.Headers.Set(SipHeaderId.AcceptContact, "*;+g.oma.sip-im.large-message");
            }
        };
        var alice = await pair.Alice.OpenSessionAsync("sip:bob@localhost").WaitAsync(Patience);
        await pair.Bob.UnregisterAsync().WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(61));
        await pair.Bob.UnregisterAsync().WaitAsync(Patience); // any work lets the loop look at its clock
        Assert.Equal("the other side closed the session", (await NextAsync<SessionEnded>(alice)).Reason);
    }
}
