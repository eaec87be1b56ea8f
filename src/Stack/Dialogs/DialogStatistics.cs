namespace OmaIm.Stack.Dialogs;

/// <summary>What the dialog layer counts. Written on the loop, readable from everywhere.</summary>
public sealed class DialogStatistics
{
    /// <summary>Requests for a dialog that is not there (481).</summary>
    public long Unknown { get; internal set; }

    /// <summary>Requests that would make a dialog and lack a Contact (400).</summary>
    public long Malformed { get; internal set; }

    /// <summary>Requests for a dialog that came from another address than its peer's (481).</summary>
    public long WrongSource { get; internal set; }

    /// <summary>Requests with a CSeq that is not higher than the last (500).</summary>
    public long OutOfOrder { get; internal set; }

    /// <summary>Re-INVITEs that met one of ours (491).</summary>
    public long Glare { get; internal set; }

    /// <summary>2xx that nobody acknowledged.</summary>
    public long AckTimeouts { get; internal set; }

    /// <summary>Sessions and subscriptions that nobody refreshed.</summary>
    public long Expired { get; internal set; }

    /// <summary>Requests refused because there were too many dialogs (503).</summary>
    public long Refused { get; internal set; }
}
