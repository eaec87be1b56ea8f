using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The memory in which a loop's connections keep what must wait: bytes that a peer does not take yet, frames that have not come in as a
/// whole. The loop's thread alone rents and returns. It grows to what was needed at one time; pages that are needed no more go back to the
/// system, beyond <paramref name="keptBytes"/> for the next jam.
/// </summary>
public class SlabPool(int keptBytes)
{
    // 256 KiB: what one stalled member may cost.
    private const int SlabsInBlock = 64;

    // 4 MiB a sweep: a millisecond at most, and after a minute a jam of 250 MB is forgotten.
    private const int SlabsInTrim = 1024;

    private Slab? _free;
    private int _freeCount;
    private int _leastFree;

    // Without a page behind them until they are written to: never used, or given back.
    private Slab? _bare;
    private int _bareCount;

    /// <summary>Slabs that somebody holds.</summary>
    public int Rented { get; private set; }

    /// <summary>Bytes that the pool holds for nobody.</summary>
    public long KeptBytes => (long)_freeCount * Slab.Size;

    /// <summary>Bytes of address space: as much as was needed at one time.</summary>
    public long ReservedBytes => ((long)Rented + _freeCount + _bareCount) * Slab.Size;

    /// <summary>A slab with anything in it.</summary>
    public virtual Slab Rent()
    {
        Rented++;
        if (_free is not null)
        {
            _leastFree = Math.Min(_leastFree, _freeCount - 1);
            return Pop(ref _free, ref _freeCount);
        }

        if (_bare is null)
        {
            Reserve();
        }

        _leastFree = 0;
        return Pop(ref _bare, ref _bareCount);
    }

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    public virtual void Return(Slab slab)
    {
        Rented--;
        Push(slab, ref _free, ref _freeCount);
    }

    /// <summary>Gives pages back that nobody needed since the last call. Now and then, so that a jam that returns finds them still here.</summary>
    public void Trim()
    {
        var surplus = Math.Min(_leastFree - (keptBytes / Slab.Size), SlabsInTrim);
        for (var i = 0; i < surplus; i++)
        {
            var slab = Pop(ref _free, ref _freeCount);
            GiveBack(slab);
            Push(slab, ref _bare, ref _bareCount);
        }

        _leastFree = _freeCount;
    }

    private static void Push(Slab slab, ref Slab? top, ref int count)
    {
        slab.Next = top;
        top = slab;
        count++;
    }

    private static Slab Pop(ref Slab? top, ref int count)
    {
        var slab = top!;
        top = slab.Next;
        slab.Next = null;
        count--;
        return slab;
    }

    private void Reserve()
    {
        // Pinned, so that it may be given to the kernel by address; the slabs in it begin where its pages do.
        var block = GC.AllocateUninitializedArray<byte>((SlabsInBlock + 1) * Slab.Size, pinned: true);
        var start = Slab.Size - (int)(Marshal.UnsafeAddrOfPinnedArrayElement(block, 0) & (Slab.Size - 1));
        for (var i = SlabsInBlock - 1; i >= 0; i--)
        {
            Push(new Slab(block, start + (i * Slab.Size)), ref _bare, ref _bareCount);
        }
    }

    // The system forgets what stands in the page and takes it; the next byte written there brings a new one. Where pages are larger
    // than a slab, or elsewhere than on Linux, it stays as it is.
    private static unsafe void GiveBack(Slab slab)
    {
        if (OperatingSystem.IsLinux() && Environment.SystemPageSize == Slab.Size)
        {
            _ = Libc.MemoryAdvise(Unsafe.AsPointer(ref MemoryMarshal.GetReference(slab.Bytes)), Slab.Size, Libc.DoNotNeed);
        }
    }
}
