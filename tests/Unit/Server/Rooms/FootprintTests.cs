using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>What a session in a room costs while nobody says anything: bytes of living objects, the SIP side and the MSRP session without its connection.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class FootprintTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";
    private const int Users = 60;
    private const int SessionsPerUser = 20;

    /// <summary>3.6 KB were measured.</summary>
    private const int AtRest = 4_400;

    /// <summary>5.2 KB were measured: beside the above, the outline of each INVITE's transaction, which lives for 32 s more.</summary>
    private const int JustJoined = 6_200;

    private readonly TestServer _server = new(new ImServerOptions
    {
        Accounts = [.. Enumerable.Range(0, Users).Select(number => new AccountOptions { User = User(number), Password = User(number) + "-secret" })],
        Rooms = [new RoomOptions { Name = "lobby" }],
        RoomLimits = new RoomLimits { SessionsPerUser = SessionsPerUser, BindTimeout = TimeSpan.FromHours(1) },
    });

    private readonly List<ScriptedClient> _clients;

    public FootprintTests() => _clients = [.. Enumerable.Range(0, Users).Select(number => _server.Client(User(number)))];

    [Fact]
    public void ASessionKeepsLittleOfTheMessagesThatMadeIt()
    {
        // The first session of each user makes what is there once: tables, code, roster entries.
        _clients.ForEach(static client => ScriptedSession.Join(client, Lobby));
        _server.Advance(TimeSpan.FromSeconds(40));
        var before = Living();

        Join(SessionsPerUser - 1);
        var joined = Living() - before;
        _server.Advance(TimeSpan.FromSeconds(40));
        var atRest = Living() - before;

        Assert.Equal(Users, _server.Room("lobby").UserCount);
        const int Sessions = Users * (SessionsPerUser - 1);
        Assert.InRange(joined / Sessions, 1_000, JustJoined);
        Assert.InRange(atRest / Sessions, 1_000, AtRest);
    }

    public void Dispose() => _server.Dispose();

    private static string User(int number) => $"user{number}";

    // With credentials at once: nobody acknowledges the challenges here, and what they hold is not the session's.
    private void Join(int sessions)
    {
        foreach (var client in _clients)
        {
            for (var session = 0; session < sessions; session++)
            {
                var invite = client.Authorize(ScriptedSession.Invite(client, Lobby, ScriptedSession.Offer()));
                ScriptedSession.Established(client, invite, client.Send(invite));
            }
        }
    }

    private long Living()
    {
        foreach (var client in _clients)
        {
            client.Forget();
        }

        // What others have left behind ends with its finalizers.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
