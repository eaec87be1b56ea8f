using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class StopTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";

    private readonly TestServer _server = new();

    [Fact]
    public async Task StoppingSaysByeToEverybodyAndEndsWhenAllHaveAnswered()
    {
        var sessions = new[] { "alice", "bob", "carol" }.Select(user => ScriptedSession.Join(_server.Client(user), Lobby)).ToList();
        sessions[0].Subscribe();

        var stopping = _server.Server.StopAsync(TimeSpan.FromSeconds(10));
        _server.Run();

        Assert.All(sessions, session => Assert.True(session.IsEndedByServer));
        Assert.Equal("terminated", sessions[0].Client.Requests.Last(request => request.Method == SipMethod.Notify).SubscriptionState!.State);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task StoppingWaitsForTheAnswersButNotLongerThanTheGraceTime()
    {
        var alice = ScriptedSession.Join(_server.Client("alice"), Lobby);
        alice.Client.Answer = _ => 0;

        var stopping = _server.Server.StopAsync(TimeSpan.FromSeconds(10));
        _server.Advance(TimeSpan.FromSeconds(9));
        Assert.False(stopping.IsCompleted);

        _server.Advance(TimeSpan.FromSeconds(2));
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void AStoppingServerSendsNewSessionsElsewhere()
    {
        _ = _server.Server.StopAsync(TimeSpan.FromSeconds(10));
        _server.Run();
        var alice = _server.Client("alice");

        foreach (var uri in new[] { Lobby, "sip:conference-factory@localhost" })
        {
            var response = alice.Call(ScriptedSession.Invite(alice, uri, ScriptedSession.Offer()));
            Assert.Equal(503, response.StatusCode);
            Assert.True(response.Headers.Contains(SipHeaderId.RetryAfter));
        }
    }

    [Fact]
    public async Task AServerWithoutSessionsStopsAtOnce()
    {
        var stopping = _server.Server.StopAsync(TimeSpan.FromSeconds(10));
        _server.Run();

        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose() => _server.Dispose();
}
