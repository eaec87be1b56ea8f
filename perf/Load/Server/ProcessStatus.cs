using System.Globalization;

namespace OmaIm.Load.Server;

/// <summary>CPU time, memory and descriptors of a process, from Linux's /proc.</summary>
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
    public static long ReadResidentBytes(string status) => ReadBytes(status, "VmRSS:");

    /// <summary>What /proc/PID/status says of memory.</summary>
    public static ProcessMemory ReadMemory(string status) =>
        new(ReadBytes(status, "VmRSS:"), ReadBytes(status, "RssAnon:"), ReadBytes(status, "VmHWM:"));

    /// <exception cref="LoadException">There is no such process.</exception>
    public static ProcessMemory MemoryOf(int pid) => LookAt(pid, () => ReadMemory(File.ReadAllText($"/proc/{pid}/status")));

    /// <summary>Lets the peak begin anew at what the process has now.</summary>
    /// <exception cref="LoadException">There is no such process, or it is another user's.</exception>
    public static void ForgetPeak(int pid) => LookAt(pid, () =>
    {
        File.WriteAllText($"/proc/{pid}/clear_refs", "5");
        return true;
    });

    private static long ReadBytes(string status, string key)
    {
        var at = status.IndexOf(key, StringComparison.Ordinal);
        return at < 0 ? 0 : Number(status[(at + key.Length)..].Split('\n')[0].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    /// <summary>The process and all that descend from it: some servers are several.</summary>
    /// <exception cref="LoadException">There is no such process.</exception>
    public static ServerSample SampleTree(int pid)
    {
        var sample = Sample(pid);
        foreach (var child in TreeOf(pid, ReadParents()).Skip(1))
        {
            try
            {
                var more = Sample(child);
                sample = sample with { CpuSeconds = sample.CpuSeconds + more.CpuSeconds, ResidentBytes = sample.ResidentBytes + more.ResidentBytes };
            }
            catch (LoadException) when (!Directory.Exists($"/proc/{child}"))
            {
                // It ended while it was looked for.
            }
        }

        return sample;
    }

    /// <summary>A process and its descendants, itself first.</summary>
    public static IReadOnlyList<int> TreeOf(int pid, IEnumerable<(int Pid, int Parent)> processes)
    {
        var children = processes.ToLookup(process => process.Parent, process => process.Pid);
        List<int> tree = [pid];
        for (var index = 0; index < tree.Count; index++)
        {
            tree.AddRange(children[tree[index]]);
        }

        return tree;
    }

    /// <exception cref="LoadException">There is no such process.</exception>
    public static ServerSample Sample(int pid) => LookAt(pid, () => new ServerSample
    {
        CpuSeconds = ReadCpuSeconds(File.ReadAllText($"/proc/{pid}/stat")),
        ResidentBytes = ReadResidentBytes(File.ReadAllText($"/proc/{pid}/status")),
    });

    /// <summary>Open descriptors but those of code.</summary>
    /// <exception cref="LoadException">There is no such process.</exception>
    public static int CountDescriptors(int pid) =>
        LookAt(pid, () => Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count(entry => !IsAssembly(entry)));

    /// <summary>How many descriptors this process may have.</summary>
    public static int OwnDescriptorLimit => DescriptorLimitOf(Environment.ProcessId);

    /// <exception cref="LoadException">There is no such process.</exception>
    public static int DescriptorLimitOf(int pid) => LookAt(pid, () => ReadDescriptorLimit(File.ReadAllText($"/proc/{pid}/limits")));

    /// <summary>How many descriptors a process may have: the soft limit of the "Max open files" line of /proc/PID/limits.</summary>
    public static int ReadDescriptorLimit(string limits)
    {
        const string Key = "Max open files";
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        var soft = line?[Key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }

    private static T LookAt<T>(int pid, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"--pid: process {pid} cannot be looked at: {failure.Message}", failure);
        }
    }

    /// <summary>A file of code: .NET opens it when it is first needed and keeps it, so it tells nothing of what was left behind.</summary>
    private static bool IsAssembly(string entry)
    {
        try
        {
            return new FileInfo(entry).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false; // closed in between
        }
    }

    // Field 4 of /proc/PID/stat.
    private static List<(int Pid, int Parent)> ReadParents()
    {
        List<(int, int)> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid))
            {
                try
                {
                    var stat = File.ReadAllText($"{folder}/stat");
                    found.Add((pid, (int)Number(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1])));
                }
                catch (IOException)
                {
                    // It has ended in the meantime.
                }
            }
        }

        return found;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
