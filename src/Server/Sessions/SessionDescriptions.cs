using OmaIm.Protocols.Sdp;

namespace OmaIm.Server.Sessions;

/// <summary>What the server says where a side says nothing.</summary>
internal static class SessionDescriptions
{
    /// <summary>The offer for the callee of an INVITE without one: whatever he likes to send (RFC 3261 section 14.1, RFC 4975 section 8.6).</summary>
    public static MsrpStream OfServer(SessionServices services)
    {
        var host = services.Endpoint.Host.Trim('[', ']');
        var offer = MsrpOfferAnswer.Offer(new MsrpLocal
        {
            Origin = SdpOrigin.Create(host),
            Media = new MsrpMedia { Host = host, Port = services.Endpoint.Port, Path = "msrp://" + services.Endpoint.Host + "/offer;tcp", AcceptTypes = ["*"] },
        });
        return MsrpStream.Find(offer, out var stream) == SdpRejection.None ? stream! : throw new InvalidOperationException("Our own offer is no offer.");
    }
}
