namespace OmaIm.Protocols.Msrp;

/// <summary><c>MSRP-URI *( SP MSRP-URI )</c>: the value of To-Path, From-Path and the SDP path attribute.</summary>
public static class MsrpPath
{
    /// <summary>The left-most URI: the next hop of a To-Path, the previous hop of a From-Path.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> path)
    {
        var space = path.IndexOf((byte)' ');
        return space < 0 ? path : path[..space];
    }

    /// <summary>What stands behind the left-most URI; empty when there is nothing.</summary>
    public static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> path)
    {
        var space = path.IndexOf((byte)' ');
        return space < 0 ? default : path[(space + 1)..];
    }
}
