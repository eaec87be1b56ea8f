using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Asks the processor to bring what will be read soon: with thousands of connections their state is in no near cache when their turn comes,
/// and a frame is handled in less time than its objects take to come one by one (decision 0009).
/// </summary>
public static class CacheLines
{
    private const int Size = 64;

    /// <summary>Has the first <paramref name="count"/> lines of 64 bytes of an object brought. Nothing happens where the processor cannot be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Bring(object? target, int count)
    {
        if (Sse.IsSupported)
        {
            // An address only, which may be an old one by the time it is used: such a hint reads nothing and cannot fail.
            var start = (byte*)Unsafe.As<object?, nint>(ref target);
            for (var i = 0; i < count; i++)
            {
                Sse.Prefetch0(start + (i * Size));
            }
        }
    }
}
