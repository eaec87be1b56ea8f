using System.Diagnostics;
using System.Text;
using Xunit;

namespace OmaIm.Tests.Interop;

/// <summary>Somebody else's program as the other side of a test: started in a folder of its own, its output watched, stopped by its process id.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The folder with its configuration; it goes with the process.</summary>
    public string Folder { get; }

    /// <summary>All that it has said so far, and that it has ended, when it has.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output + (_process.HasExited ? $"[ended with {_process.ExitCode}]" : "");
            }
        }
    }

    /// <summary>A fresh folder for a program's configuration.</summary>
    public static string CreateFolder() => Directory.CreateTempSubdirectory("omaim-interop-").FullName;

    /// <summary>Starts a program; a missing one fails the test and names what to install.</summary>
    public static PeerProcess Start(string program, string package, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["HOME"] = folder;
        try
        {
            return new PeerProcess(Process.Start(start)!, folder);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException($"This test needs {program}: install Debian's package {package}.");
        }
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the output holds a text behind <paramref name="from"/>; returns where it ends.</summary>
    public async Task<int> SaysAsync(string text, int from = 0)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_output)
            {
                var at = _output.ToString().IndexOf(text, from, StringComparison.OrdinalIgnoreCase);
                if (at >= 0)
                {
                    return at + text.Length;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{_process.StartInfo.FileName} did not say '{text}', but: {Output}");
            }
        }
    }

    /// <summary>Waits until it has ended by itself, and well.</summary>
    public async Task SucceedsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(_process.ExitCode == 0, Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
