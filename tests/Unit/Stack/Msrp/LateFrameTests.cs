using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>
/// Our side ends one session of a connection that carries another, while its peer has chunks under way (RFC 4975 section 7.1.1 lets him): these
/// are refused and disturb nobody. Who guesses is cut off.
/// </summary>
public sealed class LateFrameTests : TwoLoopsTestBase
{
    private const int UnderWay = 64;
    private readonly MsrpMemoryConnection _connection;

    public LateFrameTests() => _connection = Bench.Connect();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void WhatComesForAnEndedSessionDoesNotEndTheOthers(bool isFar, bool isRelay)
    {
        var stays = Session(Near, PathOf("stays", isRelay));
        var ends = Session(isFar ? Far : Near, PathOf("ends", isRelay));
        ends.Close();
        for (var i = 0; i < UnderWay; i++)
        {
            _connection.Receive(Send($"t{i:d4}", ends.LocalPath, ends.RemotePath, "late"));
        }

        Assert.Equal(Enumerable.Repeat(481, UnderWay), Codes());
        Assert.Same(_connection, stays.Connection);
    }

    [Fact]
    public void WhoGuessesBesidesIsCutOff()
    {
        Session(Near, PathOf("stays", false));
        Session(Near, PathOf("ends", false)).Close();
        Guess(Near.Options.Failures);
        Assert.False(_connection.IsClosed);
        Guess(1);
        Assert.Equal(1, Closed(MsrpCloseReason.TooManyFailures));
    }

    [Fact]
    public void WhatWasUnderWayIsNotLateForEver()
    {
        var stays = Session(Near, PathOf("stays", false));
        var ends = Session(Near, PathOf("ends", false));
        ends.Close();
        Bench.Run(Near.Options.Transaction + TimeSpan.FromSeconds(1));
        for (var i = 0; i <= Near.Options.Failures; i++)
        {
            _connection.Receive(Send($"t{i:d4}", ends.LocalPath, ends.RemotePath, "late"));
        }

        Bench.Run();
        Assert.Null(stays.Connection);
        Assert.Equal(1, Closed(MsrpCloseReason.TooManyFailures));
    }

    [Fact]
    public void WhoGuessesBehindARelayDoesNotEndWhatItBringsOfOthers()
    {
        var stays = Session(Near, PathOf("stays", true));
        Guess(10 * Near.Options.Failures);
        Assert.All(Codes(), static code => Assert.Equal(481, code));
        Assert.Same(_connection, stays.Connection);
    }

    [Fact]
    public void WhatWentWrongIsForgottenInTime()
    {
        var stays = Session(Near, PathOf("stays", false));
        for (var i = 0; i < 3; i++)
        {
            Guess(Near.Options.Failures);
            Bench.Run(Near.Options.Transaction + TimeSpan.FromSeconds(1));
        }

        Assert.Same(_connection, stays.Connection);
    }

    private static string PathOf(string peer, bool isRelay) =>
        (isRelay ? "msrp://203.0.113.9:9/relay;tcp " : "") + $"msrp://198.51.100.7:9/{peer};tcp";

    // Bound over the connection.
    private MsrpSession Session(MsrpLoop loop, string path)
    {
        var session = Bench.Endpoint.CreateSession(NearOwner, loop);
        session.RemotePath = path;
        _connection.Receive(MsrpText.Request("SEND", "bind", session.LocalPath, path, "Message-ID: bind0001"));
        Assert.Equal([200], Codes());
        return session;
    }

    private void Guess(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _connection.Receive(Send($"t{i:d4}", "msrp://switch.test:2855/guess;tcp", PathOf("guesses", false), "who is there?"));
        }

        Bench.Run();
    }

    private List<int> Codes()
    {
        Bench.Run();
        return [.. _connection.TakeFrames().Select(static answer => answer.StatusCode)];
    }
}
