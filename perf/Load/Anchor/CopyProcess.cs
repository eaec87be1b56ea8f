using System.Diagnostics;
using System.Globalization;

namespace OmaIm.Load.Anchor;

/// <summary>A plain copy in a process of its own (<c>omaim-load copy</c>), as the server is in one.</summary>
internal sealed class CopyProcess : IDisposable
{
    private readonly Process _process;

    private CopyProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <exception cref="LoadException">It did not start.</exception>
    public static async Task<CopyProcess> StartAsync(CancellationToken cancellationToken)
    {
        // The program that runs, or the assembly where another program runs it.
        var self = Environment.ProcessPath!;
        string[] program = Path.GetFileName(self) == "omaim-load" ? [] : [Path.Combine(AppContext.BaseDirectory, "omaim-load.dll")];
        var process = Process.Start(new ProcessStartInfo(self, [.. program, "copy"]) { RedirectStandardOutput = true })!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            return int.TryParse(line, CultureInfo.InvariantCulture, out var port)
                ? new CopyProcess(process, port)
                : throw new LoadException("the plain copy did not start");
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
