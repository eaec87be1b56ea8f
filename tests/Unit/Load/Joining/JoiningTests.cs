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
    public void ALineOfThePathFileIsWhatAnOutsideDriverReads() =>
        Assert.Equal(
            "sip:lobby@rooms.localhost sip:load1@localhost 127.0.0.1 2855 msrp://127.0.0.1:2855/abc;tcp msrp://127.0.0.1:9/xyz;tcp",
            Assert.Single(PathFile.Lines([SessionTo("msrp://127.0.0.1:2855/abc;tcp")])));

    private static JoinedSession SessionTo(string path) =>
        new(null!, 0, "sip:lobby@rooms.localhost", "sip:load1@localhost", "msrp://127.0.0.1:9/xyz;tcp", path);
}
