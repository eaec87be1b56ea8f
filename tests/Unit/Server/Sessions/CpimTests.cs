using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>Nobody speaks in another's name, neither in the messages of an anchored session nor in the body of an INVITE (RFC 3862).</summary>
[Trait("Section", "RFC 3862 3.1")]
public sealed class CpimTests : SessionBench
{
    private const string AlicesPath = "msrp://127.0.0.1:7394/alice;tcp";
    private const string BobsPath = "msrp://127.0.0.1:7394/bob;tcp";

    private readonly ScriptedClient _bob;

    public CpimTests() => _bob = Registered("bob");

    [Theory]
    [InlineData("sip:alice@localhost", 200)]
    [InlineData("sip:somebody@example.org", 200)]
    [InlineData("sip:anonymous@anonymous.invalid", 200)]
    [InlineData("im:carol@localhost", 403)]
    [InlineData("sip:bob@localhost", 403)]
    public void TheCallerSpeaksForHimself(string from, int status)
    {
        var (alice, _) = Connected(Established(_bob));
        Assert.Equal(status, Say(alice, from));
    }

    [Theory]
    [InlineData("sip:bob@localhost", 200)]
    [InlineData("sip:alice@localhost", 403)]
    public void TheCalleeSpeaksForHimself(string from, int status)
    {
        var (_, bob) = Connected(Established(_bob));
        Assert.Equal(status, Say(bob, from));
    }

    [Theory]
    [InlineData("sip:alice@localhost", 403)]
    [InlineData("sip:anonymous@anonymous.invalid", 200)]
    public void WhoStaysUnnamedDoesNotNameHimself(string from, int status)
    {
        var invite = Call(sdp: Sdp(), headers: (SipHeaderId.Privacy, "id"));
        var callee = ScriptedSession.Accept(_bob, Invited(_bob), Sdp("bob", "active"));
        var caller = ScriptedSession.Established(Alice, invite, Alice.ResponseTo(invite)!);
        Assert.Equal(status, Say(Connected((caller, callee)).Alice, from));
    }

    [Theory]
    [InlineData("sip:alice@localhost", true)]
    [InlineData("sip:carol@localhost", false)]
    public void AnInvitationCarriesAMessageOfItsSender(string from, bool passes)
    {
        var invite = Call(Alice, WithMessage(ScriptedSession.Invite(Alice, BobAor, null), from));
        Assert.Equal(passes ? 1 : 0, Received(_bob, SipMethod.Invite).Count());
        Assert.Equal(passes ? null : 403, Alice.ResponseTo(invite)?.StatusCode);
    }

    [Fact]
    public void ANewOfferCarriesNoMessageOfAnother()
    {
        var (alice, callee) = Established(_bob);
        Assert.Equal(403, Alice.Send(WithMessage(alice.Request(SipMethod.Invite), "sip:carol@localhost")).StatusCode);
        Assert.Equal(403, _bob.Send(WithMessage(callee.Request(SipMethod.Invite), "sip:alice@localhost")).StatusCode);
    }

    [Theory]
    [InlineData("sip:bob@localhost", true)]
    [InlineData("sip:alice@localhost", false)]
    public void SoDoesAnAnswer(string from, bool passes)
    {
        var invite = Call();
        var response = SipMessage.CreateResponse(Invited(_bob), 200);
        response.Headers.Set(SipHeaderId.To, Invited(_bob).Headers.GetText(SipHeaderId.To) + ";tag=b0b");
        response.Headers.Add(SipHeaderId.Contact, $"<{_bob.Contact}>");
        Server.Receive(WithMessage(response, from, Sdp("bob", "active")), _bob.Flow);
        Assert.Equal(passes, Alice.ResponseTo(invite)!.StatusCode == 200);
        Assert.Equal(passes ? 0 : 1, Received(_bob, SipMethod.Bye).Count());
    }

    private static SipMessage WithMessage(SipMessage message, string from, string? sdp = null)
    {
        var cpim = MsrpText.Cpim(from, BobAor, "hello");
        message.SetBody("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(
            $"--b\r\nContent-Type: application/sdp\r\n\r\n{sdp ?? Sdp()}\r\n--b\r\nContent-Type: message/cpim\r\n\r\n{cpim}\r\n--b--\r\n"));
        return message;
    }

    private (MsrpMemoryConnection Alice, MsrpMemoryConnection Bob) Connected((ScriptedSession Caller, ScriptedSession Callee) session) =>
        (Connect(session.Caller, AlicesPath), Connect(session.Callee, BobsPath));

    private MsrpMemoryConnection Connect(ScriptedSession session, string ownPath)
    {
        var path = Attribute(session.Description, "path")!;
        var connection = new MsrpMemoryConnection(Server.FindMsrp(path)!.Endpoint);
        connection.Receive(MsrpText.Request("SEND", "bind", path, ownPath, "Message-ID: bind0001"));
        Server.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(200, Assert.Single(connection.TakeFrames()).StatusCode);
        return connection;
    }

    private int Say(MsrpMemoryConnection connection, string from)
    {
        var session = connection.Sessions.First!;
        connection.Receive(MsrpText.Send("t001", session.LocalPath, session.RemotePath, "Msg00001", MsrpText.Cpim(from, BobAor, "hello")));
        Server.Advance(TimeSpan.FromMilliseconds(100));
        return Assert.Single(connection.TakeFrames()).StatusCode;
    }
}
