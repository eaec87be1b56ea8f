using OmaIm.Cli.Terminal;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Terminal;

public sealed class TypingLineTests
{
    private const string Erase = "\r\u001b[2K";

    [Fact]
    public void WhatComesInIsPrintedAboveTheLineBeingTyped()
    {
        var screen = new Screen();
        screen.Type("hel");
        screen.Line.Above(() => screen.Output.WriteLine("bob: hi"));
        Assert.EndsWith(Erase + "bob: hi\n" + Erase + "> hel\u001b[6G", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEnteredLineIsHandedOverAndTheLineIsEmptyAgain()
    {
        var screen = new Screen();
        screen.Type("hello\r");
        Assert.Equal("hello", screen.Entered);
        Assert.EndsWith(Erase + "> \u001b[3G", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void BeforeTheFirstLineIsReadNothingIsDrawn()
    {
        var screen = new Screen();
        screen.Line.Above(() => screen.Output.WriteLine("* notice"));
        Assert.Equal("* notice\n", screen.Text);
    }

    [Fact]
    public void AtTheEndTheLineIsTakenAway()
    {
        var screen = new Screen();
        screen.Type("hel");
        screen.Line.Dispose();
        screen.Line.Above(() => screen.Output.WriteLine("late"));
        Assert.EndsWith(Erase + "late\n", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ControlCIsAKeyOnlyWhileALineIsRead()
    {
        var screen = new Screen();
        Assert.Empty(screen.ControlC);
        screen.Type("hello\r");
        Assert.Equal([true, false], screen.ControlC);
        screen.Type("hes");
        Assert.Equal([true, false, true, false], screen.ControlC);
    }

    private sealed class Screen
    {
        private readonly Queue<char> _keys = new();

        public Screen()
        {
            Line = new TypingLine(Output, () => 80, "> ", NextKey, ControlC.Add);
        }

        public StringWriter Output { get; } = new() { NewLine = "\n" };

        public TypingLine Line { get; }

        /// <summary>What Ctrl-C was made to be, in turn.</summary>
        public List<bool> ControlC { get; } = [];

        public string Text => Output.ToString();

        public string? Entered { get; private set; }

        /// <summary>Types until the keys are used up; then the user hesitates, which ends the reading here.</summary>
        public void Type(string keys)
        {
            foreach (var key in keys)
            {
                _keys.Enqueue(key);
            }

            try
            {
                Entered = Line.ReadLine();
            }
            catch (HesitationException)
            {
                Entered = null;
            }
        }

        private ConsoleKeyInfo NextKey() => _keys.TryDequeue(out var key)
            ? new ConsoleKeyInfo(key, key == '\r' ? ConsoleKey.Enter : default, false, false, false)
            : throw new HesitationException();

        private sealed class HesitationException : Exception;
    }
}
