using System.Runtime.InteropServices;

namespace OmaIm.Load.Wire;

/// <summary>Threads of the driver that give way to the one that measures, where they share a core.</summary>
internal static partial class GiveWay
{
    private const int Niceness = 10;

    /// <summary>From now on the calling thread gives way: on Linux a thread has a niceness of its own; which 0 and who 0 mean the calling one.</summary>
    public static void ToTheOthers() => _ = SetPriority(0, 0, Niceness);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);
}
