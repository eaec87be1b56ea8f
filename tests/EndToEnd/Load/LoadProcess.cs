using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Load;

/// <summary>A running <c>omaim-load</c>.</summary>
internal sealed class LoadProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _printed;
    private readonly Task<string> _complaints;

    private LoadProcess(Process process)
    {
        _process = process;
        _printed = process.StandardOutput.ReadToEndAsync();
        _complaints = process.StandardError.ReadToEndAsync();
    }

    public static LoadProcess Start(params string[] arguments)
    {
        string[] program = [Path.Combine(AppContext.BaseDirectory, "omaim-load.dll")];
        return new(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Asks it to end, as Ctrl-C does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end, which must be a good one; returns what it has printed.</summary>
    public async Task<string> SucceedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        var printed = await _printed;
        Assert.True(_process.ExitCode == 0, $"{_process.ExitCode}: {printed}{await _complaints}");
        return printed;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
