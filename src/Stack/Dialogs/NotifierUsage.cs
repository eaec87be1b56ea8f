namespace OmaIm.Stack.Dialogs;

/// <summary>A subscription that we serve (RFC 6665 section 4.2).</summary>
public sealed class NotifierUsage
{
    internal NotifierUsage()
    {
    }

    public Dialog Dialog => throw new NotImplementedException();

    /// <summary>The event package, such as "conference".</summary>
    public string Package => throw new NotImplementedException();

    public TimeSpan Remaining => throw new NotImplementedException();

    public bool IsTerminated => throw new NotImplementedException();

    /// <summary>NOTIFYs without final response, the one under way included. They go out one after the other.</summary>
    public int Pending => throw new NotImplementedException();

    /// <summary>For the owner's use.</summary>
    public object? Tag { get; set; }

    /// <summary>Sends a NOTIFY with the state. When the subscription has no time left (a fetch), it is the last one.</summary>
    public void Notify(string? contentType, ReadOnlyMemory<byte> body) => throw new NotImplementedException();

    /// <summary>Sends the last NOTIFY. <paramref name="reason"/>: deactivated, probation, rejected, timeout, giveup, noresource or invariant.</summary>
    public void Terminate(string reason, string? contentType = null, ReadOnlyMemory<byte> body = default) => throw new NotImplementedException();
}
