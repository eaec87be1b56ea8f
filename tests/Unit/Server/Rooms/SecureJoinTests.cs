using System.Text;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>Members who want MSRP over TLS and only listen.</summary>
[Trait("Section", "RFC 4975 14.4")]
public sealed class SecureJoinTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";

    private readonly TestServer _server = new(isSecure: true);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void WhoNamesHisCertificateIsConnectedTo()
    {
        var response = Join("a=fingerprint:sha-256 " + string.Join(':', Enumerable.Repeat("A0", 32)) + "\r\n");
        Assert.Equal(200, response.StatusCode);
        Assert.Contains("a=setup:active\r\n", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void WhoNamesNoneIsNot() => Assert.Equal(488, Join("").StatusCode);

    private OmaIm.Protocols.Sip.SipMessage Join(string fingerprint)
    {
        var alice = _server.Client("alice");
        var offer = ScriptedSession.Offer("passive", "msrps://127.0.0.1:9/client4711;tcp", protocol: "TCP/TLS/MSRP") + fingerprint;
        return alice.Call(ScriptedSession.Invite(alice, Lobby, offer));
    }
}
