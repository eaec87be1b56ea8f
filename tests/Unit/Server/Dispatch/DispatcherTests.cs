using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Dispatch;

public sealed class DispatcherTests : IDisposable
{
    private readonly TestServer _server = new();

    [Theory]
    [InlineData("sip:localhost", "REGISTER, OPTIONS")]
    [InlineData("sip:127.0.0.1:5060", "REGISTER, OPTIONS")]
    [InlineData("sip:bob@localhost", "MESSAGE, INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    [InlineData("sip:lobby@rooms.localhost", "MESSAGE, INVITE, SUBSCRIBE, REFER, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    [InlineData("sip:conference-factory@localhost", "INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    public void Contract02_OptionsGets200WithAllowAcceptAndSupported(string uri, string allow)
    {
        var alice = _server.Client("alice");

        var response = alice.Call(alice.Request(SipMethod.Options, uri));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(allow, response.Headers.GetText(SipHeaderId.Allow));
        Assert.True(response.Headers.Contains(SipHeaderId.Accept));
        Assert.True(response.Supported!.Contains("timer"));
    }

    [Fact]
    public void Contract02_AnUnauthenticatedOptionsGetsSomeFinalAnswer()
    {
        var alice = _server.Client("alice");

        Assert.Equal(401, alice.Send(alice.Request(SipMethod.Options, "sip:localhost")).StatusCode);
    }

    [Theory]
    [InlineData("OPTIONS", "sip:nobody@localhost")]
    [InlineData("MESSAGE", "sip:nobody@localhost")]
    [InlineData("OPTIONS", "sip:nowhere@rooms.localhost")]
    [InlineData("INVITE", "sip:nowhere@rooms.localhost")]
    [InlineData("SUBSCRIBE", "sip:nowhere@rooms.localhost")]
    [InlineData("REFER", "sip:nowhere@rooms.localhost")]
    [InlineData("MESSAGE", "sip:bob@example.com")]
    public void Contract04And25_UnknownUsersAndRoomsGet404ToAuthenticatedSenders(string method, string uri)
    {
        var alice = _server.Client("alice");

        Assert.Equal(404, alice.Call(alice.Request(new SipMethod(method), uri)).StatusCode);
        Assert.Equal(404, alice.Call(alice.Request(new SipMethod(method), uri)).StatusCode);
    }

    [Theory]
    [InlineData("MESSAGE", "sip:localhost", "REGISTER, OPTIONS")]
    [InlineData("SUBSCRIBE", "sip:bob@localhost", "MESSAGE, INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    [InlineData("INVITE", "sip:localhost", "REGISTER, OPTIONS")]
    [InlineData("PUBLISH", "sip:lobby@rooms.localhost", "MESSAGE, INVITE, SUBSCRIBE, REFER, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    [InlineData("REGISTER", "sip:lobby@rooms.localhost", "MESSAGE, INVITE, SUBSCRIBE, REFER, ACK, BYE, CANCEL, UPDATE, OPTIONS")]
    public void Contract06_AMethodThatHasNoMeaningThereGets405WithAllow(string method, string uri, string allow)
    {
        var alice = _server.Client("alice");

        var response = alice.Call(alice.Request(new SipMethod(method), uri));

        Assert.Equal(405, response.StatusCode);
        Assert.Equal(allow, response.Headers.GetText(SipHeaderId.Allow));
    }

    public void Dispose() => _server.Dispose();
}
