using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 section 8.2.2.2: what a request has in common with its copy that came by another way.</summary>
internal readonly record struct MergeKey(string? FromTag, string CallId, uint CSeq, SipMethod Method)
{
    /// <summary>Null for a request that is not subject to the rule: within a dialog, ACK, CANCEL.</summary>
    public static MergeKey? Of(SipMessage request) =>
        string.IsNullOrEmpty(request.To!.Tag) && request.Method != SipMethod.Ack && request.Method != SipMethod.Cancel
            ? new MergeKey(request.From!.Tag, request.CallId!.Value, request.CSeq!.Number, request.Method)
            : null;
}
