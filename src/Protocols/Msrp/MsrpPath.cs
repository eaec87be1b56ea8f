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

    /// <summary>Whether the path is one URI only, as it must be when it reaches an endpoint.</summary>
    public static bool IsSingle(ReadOnlySpan<byte> path) => !path.Contains((byte)' ');

    /// <summary>Whether two paths name the same hops in the same order (RFC 4975 section 6.1).</summary>
    public static bool AreEquivalent(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other))
        {
            return true;
        }

        while (!one.IsEmpty && !other.IsEmpty)
        {
            var first = First(one);
            var second = First(other);
            if (!MsrpUri.TryParse(first, out var a) || !MsrpUri.TryParse(second, out var b) || !a.IsEquivalentTo(b))
            {
                return false;
            }

            one = one[Math.Min(one.Length, first.Length + 1)..];
            other = other[Math.Min(other.Length, second.Length + 1)..];
        }

        return one.IsEmpty && other.IsEmpty;
    }
}
