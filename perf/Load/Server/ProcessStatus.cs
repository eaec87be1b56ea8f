using System.Globalization;

namespace OmaIm.Load.Server;

/// <summary>CPU time and memory of a process, from Linux's /proc.</summary>
internal static class ProcessStatus
{
    /// <summary>USER_HZ: what /proc counts CPU time in, 100 on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time: fields 14 and 15 of /proc/PID/stat, counted behind the command, which may hold blanks.</summary>
    public static double ReadCpuSeconds(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>Resident memory: the VmRSS line of /proc/PID/status, in bytes.</summary>
    public static long ReadResidentBytes(string status)
    {
        const string Key = "VmRSS:";
        var at = status.IndexOf(Key, StringComparison.Ordinal);
        return at < 0 ? 0 : Number(status[(at + Key.Length)..].Split('\n')[0].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    /// <exception cref="LoadException">There is no such process.</exception>
    public static ServerSample Sample(int pid)
    {
        try
        {
            return new ServerSample
            {
                CpuSeconds = ReadCpuSeconds(File.ReadAllText($"/proc/{pid}/stat")),
                ResidentBytes = ReadResidentBytes(File.ReadAllText($"/proc/{pid}/status")),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"--pid: process {pid} cannot be looked at: {failure.Message}", failure);
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
