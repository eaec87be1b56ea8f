using System.Globalization;
using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Stack.Transport;

/// <summary>Notes in the top Via of a request where it really came from (RFC 3261 section 18.2.1, RFC 3581 section 4).</summary>
internal static class ViaStamp
{
    public static void Apply(SipMessage request, IPEndPoint source)
    {
        if (request.Via is not { } via)
        {
            return;
        }

        // A received or rport value that the sender wrote is overwritten: responses go to where the request came from.
        var stamped = via;
        if (via.HasRport || via.Received is not null || !IsHost(via.Host, source.Address))
        {
            stamped = stamped.With("received", source.Address.ToString());
        }

        if (via.HasRport)
        {
            stamped = stamped.With("rport", source.Port.ToString(CultureInfo.InvariantCulture));
        }

        if (!ReferenceEquals(stamped, via))
        {
            request.Headers.ReplaceFirst(SipHeaderId.Via, stamped.ToString()!);
        }
    }

    /// <summary>Where a response over UDP goes: RFC 3581 to the source, else its address with the port of sent-by (RFC 3261 section 18.2.2).</summary>
    public static IPEndPoint ResponseTarget(ViaHeader via, IPEndPoint source) =>
        via.HasRport ? source : new IPEndPoint(source.Address, via.Port ?? 5060);

    private static bool IsHost(string host, IPAddress address) =>
        IPAddress.TryParse(host.AsSpan().Trim("[]"), out var literal) && literal.Equals(address);
}
