using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Core;

public sealed class AddressPlanTests
{
    private readonly AddressPlan _plan = new("localhost", "rooms.localhost", "conference-factory", "exploder");

    [Theory]
    [InlineData("sip:localhost", DestinationKind.Server, "")]
    [InlineData("sip:LOCALHOST:5060;transport=tcp", DestinationKind.Server, "")]
    [InlineData("sips:alice@localhost", DestinationKind.User, "alice")]
    [InlineData("sip:conference-factory@localhost", DestinationKind.Factory, "conference-factory")]
    [InlineData("sip:exploder@localhost", DestinationKind.Exploder, "exploder")]
    [InlineData("sip:lobby@rooms.localhost", DestinationKind.Room, "lobby")]
    [InlineData("sip:rooms.localhost", DestinationKind.Server, "")]
    [InlineData("sip:127.0.0.1:5060", DestinationKind.Server, "")]
    [InlineData("sip:alice@127.0.0.1", DestinationKind.Elsewhere, "alice")]
    [InlineData("sip:192.0.2.1", DestinationKind.Elsewhere, "")]
    [InlineData("sip:alice@example.com", DestinationKind.Elsewhere, "alice")]
    [InlineData("sip:alice@localhost.example.com", DestinationKind.Elsewhere, "alice")]
    public void ARequestUriIsResolvedByItsDomainAndUser(string uri, DestinationKind kind, string name) =>
        Assert.Equal(new Destination(kind, name), _plan.Resolve(SipUri.Parse(uri), IPAddress.Loopback));

    [Theory]
    [InlineData("alice", "sip:alice@localhost")]
    [InlineData("sip:alice@localhost", "sip:alice@localhost")]
    [InlineData("sip:alice@LocalHost:5060", "sip:alice@localhost")]
    public void ConfiguredUsersMayBeWrittenAsNameOrAddress(string written, string aor) => Assert.Equal(aor, _plan.AorOfConfigured(written));

    [Theory]
    [InlineData("sip:lobby@rooms.localhost")]
    [InlineData("sip:conference-factory@localhost")]
    [InlineData("sip:localhost")]
    [InlineData("sip:alice@example.com")]
    public void OnlyAddressesOfTheDomainAreUsers(string uri) => Assert.False(_plan.TryGetUser(SipUri.Parse(uri), out _));
}
