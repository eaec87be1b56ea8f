namespace OmaIm.Stack.Msrp;

/// <summary>Deliveries that a route has noted during a drain and writes when the loop flushes.</summary>
public interface IMsrpBatch
{
    /// <summary>The flush is near: the time to have brought what it will touch (<see cref="CacheLines"/>).</summary>
    void Expect()
    {
    }

    /// <summary>Writes what was noted since the last flush: one write for each connection concerned.</summary>
    void Flush();
}
