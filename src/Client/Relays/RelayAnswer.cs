using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Relays;

/// <summary>A relay's answer to AUTH (RFC 4976 section 5.1), taken out of its frame.</summary>
/// <param name="Status">The status code; 408 or 0 when no answer came.</param>
internal sealed record RelayAnswer(int Status)
{
    /// <summary>Of a 401: what is to be answered; null when it has no challenge that this side knows.</summary>
    public DigestChallenge? Challenge { get; private init; }

    /// <summary>Of a 200: the URIs to put in front of one's own; null when there are none.</summary>
    public string? UsePath { get; private init; }

    /// <summary>Of a 200: how many seconds it holds.</summary>
    public long? Expires { get; private init; }

    /// <summary>Of a 423: the bounds for Expires.</summary>
    public long? MinExpires { get; private init; }

    public long? MaxExpires { get; private init; }

    /// <summary>Of a 200: the relay's proof of itself and the next nonce.</summary>
    public AuthenticationInfoHeader? Info { get; private init; }

    public static RelayAnswer Read(int status, in MsrpFrame frame) => new(status)
    {
        Challenge = WWWAuthenticateHeader.TryParse(frame[MsrpHeaderId.WWWAuthenticate], out var challenge) ? challenge.Challenge : null,
        UsePath = UsePathHeader.TryParse(frame[MsrpHeaderId.UsePath], out var path) ? path.Value : null,
        Expires = ExpiresHeader.TryParse(frame[MsrpHeaderId.Expires], out var expires) ? expires.Seconds : null,
        MinExpires = MinExpiresHeader.TryParse(frame[MsrpHeaderId.MinExpires], out var least) ? least.Seconds : null,
        MaxExpires = MaxExpiresHeader.TryParse(frame[MsrpHeaderId.MaxExpires], out var most) ? most.Seconds : null,
        Info = AuthenticationInfoHeader.TryParse(frame[MsrpHeaderId.AuthenticationInfo], out var info) ? info : null,
    };

    /// <summary>Whether a path is nothing but MSRP URIs.</summary>
    public static bool IsPath(string path) =>
        path.Split(' ').All(static uri => MsrpUri.TryParse(Encoding.UTF8.GetBytes(uri), out _));
}
