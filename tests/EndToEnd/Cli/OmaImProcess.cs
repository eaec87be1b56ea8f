using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Cli;

/// <summary>A running <c>omaim</c> with its standard streams in the test's hands.</summary>
internal sealed class OmaImProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();
    private readonly List<string> _seen = [];

    private OmaImProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _ = line.Data is null ? _output.Writer.TryComplete() : _output.Writer.TryWrite(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The lines of standard output that were looked at so far.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>Standard error; complete after <see cref="ExitCodeAsync"/>.</summary>
    public string Errors => _errors.ToString();

    public static OmaImProcess Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "omaim.dll");
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        start.Environment.Remove("OMAIM_PASSWORD");
        return new OmaImProcess(Process.Start(start)!);
    }

    public void Type(string lines)
    {
        _process.StandardInput.Write(lines + "\n");
        _process.StandardInput.Flush();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>SIGKILL: the process gets no chance to say goodbye.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for a line; what follows it must follow at once.</summary>
    public async Task ExpectAsync(string line, params string[] followedBy)
    {
        await NextAsync(next => next == line, line);
        foreach (var expected in followedBy)
        {
            Assert.Equal(expected, await NextAsync(_ => true, expected));
        }
    }

    /// <summary>Waits for a line that holds one of the parts, and returns it.</summary>
    public Task<string> ExpectPartAsync(string part, string? orPart = null) => NextAsync(
        line => line.Contains(part, StringComparison.Ordinal) || (orPart is not null && line.Contains(orPart, StringComparison.Ordinal)), part);

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> NextAsync(Func<string, bool> isWanted, string wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in _output.Reader.ReadAllAsync(patience.Token))
            {
                _seen.Add(line);
                if (isWanted(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Reported below, with what came instead.
        }

        Assert.Fail($"'{wanted}' did not come, but:\n{string.Join('\n', _seen)}\n{_errors}");
        return "";
    }
}
