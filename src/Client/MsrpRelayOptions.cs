using System.Text;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Client;

/// <summary>
/// An MSRP relay (RFC 4976) that all MSRP of a client passes: for networks in which only the relay reaches the outside. Each session has a
/// connection to it and a permission of its own, which is renewed while the session lasts.
/// </summary>
public sealed record MsrpRelayOptions
{
    /// <summary><c>msrp://relay.example.com:2855;tcp</c>; with <c>msrps</c> TLS is spoken, as <see cref="ImClientOptions.MsrpTls"/> says.</summary>
    public required string Uri { get; init; }

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>How long a permission shall hold; the relay may grant less, and is asked again at half of what it grants. 10 minutes.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the relay is reached over TLS.</summary>
    public bool IsSecure => AddressOf(Uri) is { IsSecure: true };

    /// <summary>What cannot be about these options, in words; null when they can be used.</summary>
    public string? FindProblem() => this switch
    {
        _ when AddressOf(Uri) is null => $"{Uri} is not an MSRP URI",
        { User.Length: 0 } => "the relay's user has no name",
        _ when Expiry < TimeSpan.FromSeconds(1) => "a relay's permission must hold for a second at least",
        _ => null,
    };

    /// <summary>What an MSRP URI says of where to connect, an IPv6 address without brackets; null when it is none.</summary>
    internal static (string Host, int Port, bool IsSecure)? AddressOf(string text) => MsrpUri.TryParse(Encoding.UTF8.GetBytes(text), out var uri)
        ? (Encoding.ASCII.GetString(uri.Host).Trim('[', ']'), uri.Port ?? MsrpUri.DefaultPort, uri.IsSecure)
        : null;
}
