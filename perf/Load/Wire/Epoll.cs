using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OmaIm.Load.Wire;

/// <summary>The kernel's own readiness queue: one thread hears of a thousand sockets by one call, without a hop through other threads.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;

    /// <summary>The peer has ended its side, whatever of its bytes is still unread.</summary>
    public const uint Ended = 0x2000;

    private const int CloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlModify = 3;
    private const int BatchSize = 512;

    // struct epoll_event { uint32_t events; uint64_t data; }: packed on x86-64 alone (EPOLL_PACKED in sys/epoll.h).
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly SafeFileHandle _handle;
    private readonly byte[] _events = new byte[BatchSize * EventSize];

    public Epoll()
    {
        var descriptor = Create(CloseOnExec);
        _handle = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception();
    }

    public void Add(int descriptor, int key) => Control(ControlAdd, descriptor, key, Readable);

    /// <summary>Errors and the peer's end are reported whatever <paramref name="interest"/> says.</summary>
    public void Modify(int descriptor, int key, uint interest) => Control(ControlModify, descriptor, key, interest);

    /// <summary>Waits until something is ready, or for so many nanoseconds; returns how many events there are.</summary>
    public int Wait(long nanoseconds)
    {
        var count = WaitNow();
        if (count == 0 && nanoseconds > 0)
        {
            // ppoll counts nanoseconds where epoll_wait counts milliseconds, and exists in every C library.
            var set = new PollSet { Descriptor = (int)_handle.DangerousGetHandle(), Events = 1 };
            var time = new TimeSpec { Seconds = (nint)(nanoseconds / 1_000_000_000), Nanoseconds = (nint)(nanoseconds % 1_000_000_000) };
            count = Poll(&set, 1, &time, null) > 0 ? WaitNow() : 0;
        }

        return count;
    }

    /// <summary>The key of a descriptor and what it is ready for, from the last wait.</summary>
    public (int Key, uint Ready) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * EventSize, EventSize);
            return ((int)BitConverter.ToUInt64(at[DataOffset..]), BitConverter.ToUInt32(at));
        }
    }

    public void Dispose() => _handle.Dispose();

    private int WaitNow()
    {
        fixed (byte* events = _events)
        {
            // Interrupted by a signal is nothing ready.
            return Math.Max(0, Wait(_handle, events, BatchSize, 0));
        }
    }

    private void Control(int operation, int descriptor, int key, uint interest)
    {
        var change = stackalloc byte[EventSize];
        var span = new Span<byte>(change, EventSize);
        BitConverter.TryWriteBytes(span, interest);
        BitConverter.TryWriteBytes(span[DataOffset..], (ulong)key);
        if (Control(_handle, operation, descriptor, change) < 0)
        {
            throw new Win32Exception();
        }
    }

    private struct PollSet
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(SafeFileHandle epoll, byte* events, int maximum, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int Poll(PollSet* set, nuint count, TimeSpec* time, void* signals);
}
