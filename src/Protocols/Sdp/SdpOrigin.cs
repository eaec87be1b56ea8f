namespace OmaIm.Protocols.Sdp;

/// <summary>The <c>o=</c> line (RFC 8866 section 5.2): who made the session and which version of it this is.</summary>
public sealed record SdpOrigin(string User, string SessionId, long Version, string Address)
{
    /// <summary>A new session of this server: a random numeric session id, version 1.</summary>
    public static SdpOrigin Create(string address, string user = "-") => throw new NotSupportedException();
}
