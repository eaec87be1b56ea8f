using System.Runtime.InteropServices;

namespace OmaIm.Load.Wire;

/// <summary>Which threads of the driver come first where they share a core: the one that measures must not be late because of what others make beside it.</summary>
internal static unsafe partial class Precedence
{
    private const int Niceness = 10;

    // SCHED_FIFO of linux/sched.h, and the least of its priorities: that is before all threads of ordinary kind.
    private const int FirstInFirstOut = 1;

    /// <summary>From now on the calling thread gives way: on Linux a thread has a niceness of its own; which 0 and who 0 mean the calling one.</summary>
    public static void GiveWay() => _ = SetPriority(0, 0, Niceness);

    /// <summary>From now on the calling thread runs whenever it can. False where that is not permitted (it takes CAP_SYS_NICE): then it takes its turn.</summary>
    public static bool TryComeFirst()
    {
        var priority = 1;
        return SetScheduler(0, FirstInFirstOut, &priority) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int who, int policy, int* priority);
}
