using System.Runtime.InteropServices;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// The descriptors that one loop waits for: sockets under slot numbers, and an event descriptor by which other threads wake it.
/// Level-triggered; all but <see cref="Wake"/> is for the loop's thread.
/// </summary>
internal sealed unsafe class EpollSet : IDisposable
{
    /// <summary>Events taken at once. 512, as C switches of this kind do; the rest comes with the next call.</summary>
    public const int MaximumEvents = 512;

    /// <summary>What <see cref="SlotAt"/> shows of a wake-up.</summary>
    public const int WakeSlot = -1;

    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte[] _events = GC.AllocateArray<byte>(MaximumEvents * sizeof(Libc.AlignedEvent), pinned: true);

    public EpollSet()
    {
        _epoll = Check(Libc.EpollCreate(Libc.EpollCloseOnExec));
        _wake = Check(Libc.EventDescriptor(0, Libc.EventNonBlocking));
        Control(Libc.ControlAdd, _wake, Libc.In, WakeSlot);
    }

    public void Add(int descriptor, int slot) => Control(Libc.ControlAdd, descriptor, Libc.In, slot);

    /// <summary>Chooses what to hear of: bytes to read, room to write, or neither.</summary>
    public void Modify(int descriptor, int slot, bool reads, bool writes) =>
        Control(Libc.ControlModify, descriptor, (reads ? Libc.In : 0) | (writes ? Libc.Out : 0), slot);

    /// <summary>Forgets a descriptor; one that the kernel has forgotten already is no mistake.</summary>
    public void Remove(int descriptor) => _ = Libc.EpollControl(_epoll, Libc.ControlDelete, descriptor, null);

    /// <summary>Waits for events; returns how many <see cref="TryGet"/> shows.</summary>
    public int Wait(TimeSpan timeout)
    {
        fixed (byte* events = _events)
        {
            var count = Libc.EpollWait(_epoll, events, MaximumEvents, (int)Math.Ceiling(timeout.TotalMilliseconds));
            return count >= 0 || Marshal.GetLastPInvokeError() == Libc.Interrupted ? Math.Max(count, 0) : Check(count);
        }
    }

    /// <summary>Waits for <see cref="Wake"/> alone, to the microsecond; a wake-up stays to be seen by the next <see cref="Wait"/>.</summary>
    public void Nap(TimeSpan time)
    {
        var wake = new Libc.PollDescriptor { Descriptor = _wake, Events = (short)Libc.In };
        var timeout = new Libc.TimeSpec { Seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond), Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * 100) };
        _ = Libc.PollDescriptors(&wake, 1, &timeout, null);
    }

    /// <summary>An event of the last wait; false for a wake-up, which it clears.</summary>
    public bool TryGet(int index, out int slot, out bool reads, out bool writes)
    {
        uint events;
        fixed (byte* all = _events)
        {
            events = IsPacked ? ((Libc.PackedEvent*)all)[index].Events : ((Libc.AlignedEvent*)all)[index].Events;
        }

        slot = SlotAt(index);

        // An error shows itself to the read that follows.
        reads = (events & (Libc.In | Libc.Error | Libc.HangUp)) != 0;
        writes = (events & Libc.Out) != 0;
        if (slot != WakeSlot)
        {
            return true;
        }

        ulong ignored;
        _ = Libc.Read(_wake, &ignored, sizeof(ulong));
        return false;
    }

    /// <summary>Whose event that is.</summary>
    public int SlotAt(int index)
    {
        fixed (byte* all = _events)
        {
            return IsPacked ? ((Libc.PackedEvent*)all)[index].Slot : ((Libc.AlignedEvent*)all)[index].Slot;
        }
    }

    /// <summary>Ends a wait; any thread.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, &one, sizeof(ulong));
    }

    public void Dispose()
    {
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
    }

    private void Control(int operation, int descriptor, uint events, int slot)
    {
        var aligned = new Libc.AlignedEvent { Events = events, Slot = slot };
        var packed = new Libc.PackedEvent { Events = events, Slot = slot };
        Check(Libc.EpollControl(_epoll, operation, descriptor, IsPacked ? &packed : &aligned));
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException("epoll: " + Marshal.GetLastPInvokeErrorMessage());
}
