namespace OmaIm.Load.Server;

/// <summary>The memory of a process, from Linux's /proc/PID/status.</summary>
/// <param name="ResidentBytes">All that is resident: VmRSS.</param>
/// <param name="AnonymousBytes">The part of it that is of no file: RssAnon.</param>
/// <param name="PeakBytes">The most that was resident since <see cref="ProcessStatus.ForgetPeak"/>: VmHWM.</param>
internal sealed record ProcessMemory(long ResidentBytes, long AnonymousBytes, long PeakBytes);
