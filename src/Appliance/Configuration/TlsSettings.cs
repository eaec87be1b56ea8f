namespace OmaIm.Appliance.Configuration;

/// <summary>Who the server is, to clients that ask by TLS.</summary>
public sealed record TlsSettings
{
    [Setting("PEM file with the server's certificate, and behind it those between it and its authority. With it, MSRP over TLS is offered at Msrp:Tls:Port.", Minimum = 1, Maximum = 4_096)]
    public string? Certificate { get; init; }

    [Setting("PEM file with the certificate's private key, not encrypted. It may be the same file.", Minimum = 1, Maximum = 4_096)]
    public string? Key { get; init; }
}
