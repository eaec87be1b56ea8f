using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Dialogs;

/// <summary>RFC 3261 section 12: Call-ID, local tag, remote tag. A missing tag of an RFC 2543 peer counts as empty.</summary>
internal readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog that a request from the peer names.</summary>
    public static DialogId Of(SipMessage request) => new(request.CallId!.Value, request.To!.Tag ?? "", request.From!.Tag ?? "");
}
