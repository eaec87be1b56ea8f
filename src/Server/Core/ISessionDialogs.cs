using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Server.Core;

/// <summary>
/// The dialogs of one-to-one sessions. The server stands between the two clients, so each knows the session by a dialog that the other has
/// never heard of: whoever shall replace it (RFC 3891) needs the name that it has on the other side.
/// </summary>
public interface ISessionDialogs
{
    /// <summary>
    /// The other client's dialog of the session in which one client has this dialog: the value of a Replaces header for an INVITE to him.
    /// Null when there is no such session, or it does not stand.
    /// </summary>
    /// <param name="callId">The Call-ID of the dialog that is known.</param>
    /// <param name="localTag">That client's own tag.</param>
    /// <param name="remoteTag">The tag that he knows his peer by.</param>
    ReplacesHeader? FindPeerDialog(string callId, string localTag, string remoteTag);
}
