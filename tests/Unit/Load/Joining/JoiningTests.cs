using OmaIm.Load;
using OmaIm.Load.Joining;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Joining;

public sealed class JoiningTests
{
    [Fact]
    public void OneRoomHasTheNameAndSeveralAreNumbered()
    {
        Assert.Equal(["lobby"], RoomNames.Of("lobby", 1));
        Assert.Equal(["lobby-1", "lobby-2", "lobby-3"], RoomNames.Of("lobby", 3));
        Assert.Equal("sip:lobby@rooms.example.com", RoomNames.UriOf("lobby", "example.com"));
        Assert.Equal(["sip:session-1@example.com", "sip:session-2@example.com"], RoomNames.OfSessions(2, "example.com"));
    }

    [Fact]
    public void AccountsAreTheDemoOnesOrNumbered()
    {
        Assert.Equal("carol-secret", AccountPool.Demo.PasswordOf("carol"));
        var numbered = AccountPool.Numbered("load", 2, "same");
        Assert.Equal(["load1", "load2"], numbered.Users);
        Assert.Equal("same", numbered.PasswordOf("load2"));
    }

    [Theory]
    [InlineData("msrp://127.0.0.1:2855/abc;tcp", "127.0.0.1", 2855)]
    [InlineData("msrp://[::1]:7000/abc;tcp", "[::1]", 7000)]
    [InlineData("msrp://host/abc;tcp", "host", 2855)]
    [InlineData("msrp://relay:1/x;tcp msrp://host:2/y;tcp", "relay", 1)]
    public void TheConnectionGoesToTheFirstHopOfThePath(string path, string host, int port) =>
        Assert.Equal((host, port), SessionTo(path).Target);

    [Fact]
    public void APathThatIsNoneStopsTheRun() => Assert.Throws<LoadException>(() => SessionTo("http://host").Target);

    [Fact]
    public void ALineOfThePathFileIsWhatAnotherDriverReads()
    {
        const string Line = "sip:lobby@rooms.localhost sip:load1@localhost 127.0.0.1 2855 msrp://127.0.0.1:2855/abc;tcp msrp://127.0.0.1:9/xyz;tcp";
        var path = MemberPath.Of(SessionTo("msrp://127.0.0.1:2855/abc;tcp"));

        Assert.Equal(Line, path.ToString());
        Assert.Equal(path, MemberPath.Parse(Line));
    }

    [Theory]
    [InlineData("sip:lobby@rooms.localhost sip:load1@localhost 127.0.0.1 msrp://127.0.0.1:2855/abc;tcp msrp://127.0.0.1:9/xyz;tcp")]
    [InlineData("sip:lobby@rooms.localhost sip:load1@localhost 127.0.0.1 port msrp://127.0.0.1:2855/abc;tcp msrp://127.0.0.1:9/xyz;tcp")]
    [InlineData("")]
    public void ALineThatIsNoneIsRefused(string line) => Assert.Throws<FormatException>(() => MemberPath.Parse(line));

    private static JoinedSession SessionTo(string path) =>
        new(null!, 0, "sip:lobby@rooms.localhost", "sip:load1@localhost", "msrp://127.0.0.1:9/xyz;tcp", path);
}
