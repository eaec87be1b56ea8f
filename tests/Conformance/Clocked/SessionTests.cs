using System.Globalization;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.Conformance.Clocked;

/// <summary>What a session does by itself as time goes by (RFC 3261 sections 13 and 14, RFC 4028).</summary>
public sealed class SessionTests
{
    private const string Timer = "Supported: timer\r\n";

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    [Trait("Section", "RFC 3261 13.3.1.4")]
    public void ASuccessIsSentAgainUntilItsAck(SipProtocol protocol)
    {
        using var session = ClockedSession.Called(protocol: protocol);
        session.Stack.Pass(4);
        session.Acknowledge();
        session.Stack.Pass(60);
        Assert.Equal([0, 0.5, 1.5, 3.5], session.Stack.TimesOf("200"));
        Assert.Null(session.End);
    }

    [Fact]
    [Trait("Section", "RFC 3261 13.3.1.4")]
    public void ASuccessThatIsNeverAcknowledgedEndsWithABye()
    {
        using var session = ClockedSession.Called();
        session.Stack.Pass(32);
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], session.Stack.TimesOf("200"));
        Assert.Equal([32], session.Stack.TimesOf("BYE"));
        Assert.Equal(DialogEnd.AckTimeout, session.End);
    }

    [Fact]
    [Trait("Section", "RFC 3261 13.2.2.4")]
    public void EachCopyOfASuccessIsAcknowledgedAndAnotherDeviceIsLetGo()
    {
        using var session = ClockedSession.Calling();
        var invite = session.Stack.Sent[0];
        session.Answer(200);
        session.Stack.Receive(invite.Answer(200, headers: "Contact: <sip:them@192.0.2.2>\r\n", tag: "t1"));
        Assert.Equal(["INVITE", "ACK", "ACK"], session.Stack.SentInShort);
        var ack = session.Stack.Sent[1];
        Assert.Equal(("1 ACK", "sip:them@192.0.2.2"), (ack["CSeq"], ack.RequestUri));
        Assert.NotEqual(invite["Via"], ack["Via"]);
        session.Stack.Receive(invite.Answer(200, headers: "Contact: <sip:other@192.0.2.2>\r\n", tag: "t2"));
        Assert.Equal([("ACK", "t2"), ("BYE", "t2")], session.Stack.Sent.Skip(3).Select(static sent => (sent.Method, sent.Tag("To"))));
    }

    [Theory]
    [InlineData(true, 2.1, 4)] // who has made the Call-ID
    [InlineData(false, 0, 2)]
    [Trait("Section", "RFC 3261 14.1")]
    public void AReinviteThatMetAnotherIsSentAgainAfterAWhile(bool weHaveCalled, double earliest, double latest)
    {
        using var session = weHaveCalled ? ClockedSession.Calling(SipProtocol.Tcp) : ClockedSession.Called(protocol: SipProtocol.Tcp);
        if (weHaveCalled)
        {
            session.Answer(200);
        }
        else
        {
            session.Acknowledge();
        }

        session.Stack.Pass(10);
        session.Reinvite();
        session.Answer(491);
        session.Stack.Pass(5);
        var times = session.Stack.TimesOf("INVITE").ToList();
        Assert.InRange(Math.Round(times[^1] - times[^2], 3), earliest, latest);
    }

    [Fact]
    [Trait("Section", "RFC 3261 14.2")]
    public void AReinviteThatMeetsOursIs491()
    {
        using var session = ClockedSession.Called(protocol: SipProtocol.Tcp);
        session.Acknowledge();
        session.Reinvite();
        session.Ask("INVITE", "Contact: <sip:them@192.0.2.2>\r\n");
        Assert.Equal("491", session.Stack.SentInShort.Last());
    }

    [Fact]
    [Trait("Section", "RFC 4028 7.1")]
    [Trait("Section", "RFC 4028 4")]
    public void AnInviteSaysHowLongTheSessionLivesUnlessRefreshed()
    {
        using var session = ClockedSession.Calling();
        var invite = session.Stack.Sent[0];
        Assert.Contains("timer", invite["Supported"], StringComparison.Ordinal);
        Assert.Equal("1800", invite["Session-Expires"]);
    }

    [Fact]
    [Trait("Section", "RFC 4028 7.3")]
    [Trait("Section", "RFC 4028 5")]
    public void A422IsFollowedByAnInviteWithTheMinimum()
    {
        using var session = ClockedSession.Calling(SipProtocol.Tcp);
        session.Stack.Answer(422, "Min-SE: 3600\r\n");
        var again = session.Stack.Sent[^1];
        Assert.Equal(("INVITE", "3600", "3600", "2 INVITE"), (again.Method, again["Min-SE"], again["Session-Expires"], again["CSeq"]));
    }

    [Fact]
    [Trait("Section", "RFC 4028 7.2")]
    [Trait("Section", "RFC 4028 10")]
    public void WhoRefreshesDoesSoAtHalfTheInterval()
    {
        using var session = ClockedSession.Calling(SipProtocol.Tcp);
        session.Answer(200, "Require: timer\r\nSession-Expires: 300;refresher=uac\r\nAllow: INVITE, ACK, BYE, UPDATE\r\n");
        session.Stack.Pass(149);
        Assert.DoesNotContain("UPDATE", session.Stack.SentInShort);
        session.Stack.Pass(1);
        Assert.Equal([150], session.Stack.TimesOf("UPDATE"));
    }

    [Theory]
    [InlineData("Allow: INVITE, ACK, BYE, UPDATE\r\n", "UPDATE")]
    [InlineData("Allow: INVITE, ACK, BYE\r\n", "INVITE")]
    [Trait("Section", "RFC 4028 7.4")]
    public void ARefreshIsAnUpdateOrAReinviteThatKeepsTheRoles(string allow, string method)
    {
        using var session = ClockedSession.Calling(SipProtocol.Tcp);
        session.Answer(200, "Require: timer\r\nSession-Expires: 300;refresher=uac\r\n" + allow);
        session.Stack.Pass(150);
        var refresh = session.Stack.Sent[^1];
        Assert.Equal((method, "300;refresher=uac"), (refresh.Method, refresh["Session-Expires"]));
        Assert.Equal(method == "UPDATE" ? "" : "offer", refresh.Body);
    }

    [Theory]
    [InlineData("300", 268)] // 32 s in front of the end
    [InlineData("90", 60)] // a third of it
    [Trait("Section", "RFC 4028 10")]
    public void ASessionThatNobodyRefreshesEndsShortlyBeforeItsTime(string interval, double end)
    {
        using var session = ClockedSession.Called(Timer + $"Session-Expires: {interval};refresher=uac\r\n", SipProtocol.Tcp);
        session.Acknowledge();
        session.Stack.Pass(double.Parse(interval, CultureInfo.InvariantCulture));
        Assert.Equal([end], session.Stack.TimesOf("BYE"));
        Assert.Equal(DialogEnd.SessionExpired, session.End);
    }

    [Fact]
    [Trait("Section", "RFC 4028 10")]
    public void ASessionThatIsRefreshedGoesOn()
    {
        using var session = ClockedSession.Called(Timer + "Session-Expires: 90;refresher=uac\r\n", SipProtocol.Tcp);
        session.Acknowledge();
        session.Stack.Pass(45);
        session.Ask("UPDATE", Timer + "Contact: <sip:them@192.0.2.2>\r\nSession-Expires: 90;refresher=uac\r\n");
        session.Stack.Pass(50);
        Assert.Null(session.End);
        session.Stack.Pass(45);
        Assert.Equal(DialogEnd.SessionExpired, session.End);
    }
}
