using OmaIm.Cli.Im;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Im;

public sealed class MessagePrinterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Output _output = new();
    private readonly ImConsole _console;
    private readonly MessagePrinter _printer;

    public MessagePrinterTests()
    {
        _console = new ImConsole(TextReader.Null, _output, TextWriter.Null, json: true);
        _printer = new MessagePrinter(_console);
    }

    public void Dispose()
    {
        _output.MayWrite.Set();
        _console.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task AMessageCountsAsPrintedWhenItHasLeft()
    {
        _output.MayWrite.Reset();
        var first = _printer.PrintAsync(Says("one")).AsTask();
        var second = _printer.PrintAsync(Says("two")).AsTask();
        Assert.False(first.IsCompleted);
        _output.MayWrite.Set();
        Assert.True(await first.WaitAsync(Patience));
        Assert.True(await second.WaitAsync(Patience));
        Assert.Equal(["one", "two"], _output.Flushed.Select(Text));
    }

    [Fact]
    public async Task WhatCannotBePrintedFailsAndTheNextOneIsTried()
    {
        _output.IsBroken = true;
        await Assert.ThrowsAsync<IOException>(() => _printer.PrintAsync(Says("one")).AsTask());
        _output.IsBroken = false;
        Assert.True(await _printer.PrintAsync(Says("two")));
        Assert.Equal(["two"], _output.Flushed.Select(Text));
    }

    [Fact]
    public async Task AReaderThatIsTooFarBehindIsSaidToHaveNothing()
    {
        _output.MayWrite.Reset();
        var taken = Enumerable.Range(0, 1000).Select(_ => _printer.PrintAsync(Says("x")).AsTask()).ToArray();
        await Assert.ThrowsAsync<IOException>(() => _printer.PrintAsync(Says("one too many")).AsTask());
        _output.MayWrite.Set();
        await Task.WhenAll(taken).WaitAsync(Patience);
        Assert.True(await _printer.PrintAsync(Says("room again")));
    }

    [Fact]
    public async Task AtTheEndWhatWaitsIsPrinted()
    {
        _output.MayWrite.Reset();
        _ = _printer.PrintAsync(Says("one")).AsTask();
        var draining = _printer.DrainAsync();
        _output.MayWrite.Set();
        await draining;
        Assert.Equal(["one"], _output.Flushed.Select(Text));
    }

    private static ImMessage Says(string text) => new()
    {
        From = "sip:bob@localhost",
        To = "sip:alice@localhost",
        ContentType = "text/plain",
        Content = System.Text.Encoding.UTF8.GetBytes(text),
    };

    private static string Text(string line) => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!;

    /// <summary>Keeps what was flushed.</summary>
    private sealed class Output : StringWriter
    {
        public ManualResetEventSlim MayWrite { get; } = new(true);

        public bool IsBroken { get; set; }

        public List<string> Flushed { get; } = [];

        public override void Flush()
        {
            MayWrite.Wait(Patience);
            if (IsBroken)
            {
                GetStringBuilder().Clear();
                throw new IOException("Broken pipe");
            }

            var lines = ToString().Split(NewLine, StringSplitOptions.RemoveEmptyEntries);
            GetStringBuilder().Clear();
            Flushed.AddRange(lines);
        }

        protected override void Dispose(bool disposing)
        {
            MayWrite.Dispose();
            base.Dispose(disposing);
        }
    }
}
