using System.Runtime.InteropServices;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>The few calls of the C library that the Linux transport makes itself. All are blittable; errors come by the last P/Invoke error.</summary>
internal static unsafe partial class Libc
{
    public const int EpollCloseOnExec = 0x80000;
    public const int EventNonBlocking = 0x800 | 0x80000;
    public const int ControlAdd = 1;
    public const int ControlDelete = 2;
    public const int ControlModify = 3;
    public const uint In = 0x1;
    public const uint Out = 0x4;
    public const uint Error = 0x8;
    public const uint HangUp = 0x10;
    public const int DoNotSignal = 0x4000;
    public const int DoNotWait = 0x40;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int ConnectionAborted = 103;
    public const int SocketCloseOnExec = 0x80000;
    public const int Peek = 0x2;
    public const int TimedOut = 110;
    public const int Tcp = 6;
    public const int TcpUserTimeout = 18;
    public const int DoNotNeed = 4;

    /// <summary>struct epoll_event: packed on x86-64, naturally aligned elsewhere.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 12)]
    public struct PackedEvent
    {
        [FieldOffset(0)]
        public uint Events;

        [FieldOffset(4)]
        public int Slot;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct AlignedEvent
    {
        [FieldOffset(0)]
        public uint Events;

        [FieldOffset(8)]
        public int Slot;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, void* interest);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, void* events, int maximum, int milliseconds);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>struct timespec on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Start;
        public nuint Length;
    }

    /// <summary>struct msghdr of 64-bit Linux, the only system that this transport runs on.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static partial int PollDescriptors(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, void* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int MemoryAdvise(void* start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, ulong* value, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ulong* value, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
