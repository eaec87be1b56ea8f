using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using OmaIm.Cli.Chat;
using OmaIm.Cli.Terminal;

namespace OmaIm.Cli.Im;

/// <summary>
/// Where <c>im</c> and <c>listen</c> write: lines for people, or JSON lines for programs, the same occurrences in both; on a terminal above the
/// line in which the user types. What peers have written must be made printable before it comes here as text. Any thread.
/// </summary>
internal sealed class ImConsole(TextReader input, TextWriter output, TextWriter errors, bool json, TypingLine? typing = null) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _writing = new();

    /// <summary>The standard streams.</summary>
    /// <param name="json">For programs.</param>
    /// <param name="keyPressed">Hears that the user types, where a terminal can tell; null when nobody does.</param>
    public static ImConsole Open(bool json, Action? keyPressed = null)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var input = new StreamReader(Console.OpenStandardInput(), utf8);
        if (json || keyPressed is null || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return new ImConsole(input, new StreamWriter(OpenOutput(), utf8), Console.Error, json);
        }

        Console.OutputEncoding = utf8;
        Console.InputEncoding = utf8;
        var typing = new TypingLine(Console.Out, () => Console.WindowWidth, "> ", () =>
        {
            var key = Console.ReadKey(intercept: true);
            keyPressed();
            return key;
        });
        return new ImConsole(input, Console.Out, Console.Out, json, typing);
    }

    /// <summary>The lines that the user enters from now on, until the end of input.</summary>
    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken) =>
        LineSource.Start(typing is null ? input.ReadLine : typing.ReadLine).ReadAllAsync(cancellationToken);

    /// <summary>Something has happened.</summary>
    /// <param name="kind">Its name for programs.</param>
    /// <param name="text">What people read, printable; null for what they need not know.</param>
    /// <param name="write">What programs read beside the kind.</param>
    public void Show(string kind, string? text, Action<Utf8JsonWriter>? write = null)
    {
        if (json)
        {
            WriteLine(output, JsonLine(kind, write));
        }
        else if (text is not null)
        {
            WriteLine(output, text);
        }
    }

    public void Error(string text)
    {
        if (json)
        {
            WriteLine(output, JsonLine("error", line => line.WriteString("text", text)));
        }
        else
        {
            WriteLine(errors, "omaim: " + text);
        }
    }

    public void Dispose()
    {
        typing?.Dispose();
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody reads it any more; each line was flushed, and whoever had to know has heard of it.
        }
    }

    /// <summary>
    /// Standard output that fails when nobody reads it any more: the console's own stream takes what goes into a broken pipe for written, and
    /// then messages would count as printed that nobody has seen.
    /// </summary>
    private static Stream OpenOutput()
    {
        const int StandardOutput = 1;
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput(); // a file's position is shared with whatever writes behind this program
    }

    private static string JsonLine(string kind, Action<Utf8JsonWriter>? write)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("event", kind);
            write?.Invoke(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
    }

    private void WriteLine(TextWriter writer, string line)
    {
        lock (_writing)
        {
            if (typing is null)
            {
                Write();
            }
            else
            {
                typing.Above(Write);
            }
        }

        void Write()
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
