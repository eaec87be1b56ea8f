using System.Diagnostics.CodeAnalysis;
using System.Net;
using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>Which addresses are whose: the domain of the accounts, the domain of the rooms, the conference factory, the exploder.</summary>
public sealed class AddressPlan(string domain, string roomsDomain, string factoryUser, string exploderUser)
{
    /// <summary>The domain of the accounts and the digest realm.</summary>
    public string Domain { get; } = domain;

    public string RoomsDomain { get; } = roomsDomain;

    public string FactoryUri { get; } = SipUri.Create(factoryUser, domain).ToString();

    public string ExploderUri { get; } = SipUri.Create(exploderUser, domain).ToString();

    public string AorOf(string user) => SipUri.Create(user, Domain).Aor;

    public SipUri RoomUri(string name) => SipUri.Create(name, RoomsDomain);

    /// <summary>Resolves a Request-URI. <paramref name="local"/> is the address that the request came in on: it names the server too.</summary>
    public Destination Resolve(SipUri uri, IPAddress? local = null)
    {
        var user = uri.User ?? "";
        if (IsHost(uri, Domain))
        {
            var kind = user.Length == 0 ? DestinationKind.Server
                : string.Equals(user, factoryUser, StringComparison.Ordinal) ? DestinationKind.Factory
                : string.Equals(user, exploderUser, StringComparison.Ordinal) ? DestinationKind.Exploder
                : DestinationKind.User;
            return new Destination(kind, user);
        }

        if (IsHost(uri, RoomsDomain))
        {
            return new Destination(user.Length == 0 ? DestinationKind.Server : DestinationKind.Room, user);
        }

        var isListener = user.Length == 0 && local is not null && IsHost(uri, local.ToString());
        return new Destination(isListener ? DestinationKind.Server : DestinationKind.Elsewhere, user);
    }

    /// <summary>The account name in an address of the domain; false for the factory, the exploder, a room and every foreign address.</summary>
    public bool TryGetUser(SipUri uri, [NotNullWhen(true)] out string? user)
    {
        var destination = Resolve(uri);
        user = destination.Kind == DestinationKind.User ? destination.Name : null;
        return user is not null;
    }

    /// <summary>The address-of-record of a user written as <c>alice</c> or as <c>sip:alice@localhost</c>, as configurations do.</summary>
    public string AorOfConfigured(string userOrUri) =>
        userOrUri.Contains('@', StringComparison.Ordinal) ? SipUri.Parse(userOrUri).Aor : AorOf(userOrUri);

    private static bool IsHost(SipUri uri, string host) =>
        uri.IsSip && string.Equals(uri.Host.Trim('[', ']'), host, StringComparison.OrdinalIgnoreCase);
}
