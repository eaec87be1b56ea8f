using System.Net.Sockets;
using System.Security.Authentication;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Signalling;

/// <summary>Connecting an MSRP session to where the peer's description says, and what can come of it, in words.</summary>
internal static class MsrpDial
{
    /// <exception cref="ImException">Nobody is there, or somebody else is.</exception>
    public static async Task ConnectAsync(MsrpSession session, UserAgent agent, MsrpMedia remote, CancellationToken cancellationToken)
    {
        try
        {
            // The c= and m= lines name the next hop, as OMA IM clients have always read them; for a peer of RFC 4975 they equal the path.
            var tls = session.Endpoint.IsSecure ? (agent.MsrpTls ?? new MsrpTlsOptions()).Expect(remote.Host) : null;
            await session.Endpoint.ConnectAsync(session, remote.Host, remote.Port, tls, cancellationToken);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            throw ImException.Unreachable($"no TLS with {remote.Host}:{remote.Port}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw ImException.Unreachable($"no MSRP connection to {remote.Host}:{remote.Port}", failure);
        }
    }

    public static string Words(MsrpCloseReason reason) => reason switch
    {
        MsrpCloseReason.PeerClosed or MsrpCloseReason.Truncated => "the other side closed it",
        MsrpCloseReason.SessionRefused => "the other side does not answer for the session",
        MsrpCloseReason.SlowReader => "the other side takes nothing more",
        MsrpCloseReason.NotBound => "the other side did not answer",
        _ => "it broke",
    };
}
