using OmaIm.Cli.Terminal;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Terminal;

public sealed class LineEditorTests
{
    private readonly LineEditor _editor = new();

    [Fact]
    public void CharactersGoWhereTheCursorIs()
    {
        Type("helo");
        Press(ConsoleKey.LeftArrow);
        Type("l");
        Assert.Equal("hello", _editor.Text);
        Press(ConsoleKey.Home);
        Type(">");
        Press(ConsoleKey.End);
        Type("<");
        Assert.Equal(">hello<", _editor.Text);
    }

    [Fact]
    public void DeletingTakesWholeCharacters()
    {
        Type("a👩‍👩‍👧e\u0301");
        Press(ConsoleKey.Backspace);
        Assert.Equal("a👩‍👩‍👧", _editor.Text);
        Press(ConsoleKey.LeftArrow);
        Press(ConsoleKey.Delete);
        Assert.Equal("a", _editor.Text);
        Press(ConsoleKey.Delete);
        Press(ConsoleKey.LeftArrow);
        Press(ConsoleKey.Backspace);
        Assert.Equal("a", _editor.Text);
    }

    [Theory]
    [InlineData(ConsoleKey.U, "")]
    [InlineData(ConsoleKey.K, "one two ")]
    [InlineData(ConsoleKey.W, "one three")]
    public void ControlKeysDeleteParts(ConsoleKey key, string left)
    {
        Type("one two three");
        for (var i = 0; i < "three".Length; i++)
        {
            Press(ConsoleKey.LeftArrow);
        }

        Control(key);
        Assert.Equal(key == ConsoleKey.U ? "three" : left, _editor.Text);
    }

    [Fact]
    public void ControlCharactersAreNotTyped()
    {
        Type("a\u001bb\tc\0");
        Assert.Equal("abc", _editor.Text);
    }

    [Fact]
    public void ALoneSurrogateIsNotTyped()
    {
        Press(default, '\ud83d');
        Press(default, 'a');
        Press(default, '\udc4d');
        Assert.Equal("a", _editor.Text);
    }

    [Fact]
    public void HistoryGoesBackAndReturnsToTheDraft()
    {
        Enter("first");
        Enter("second");
        Enter("second");
        Type("draft");
        Press(ConsoleKey.UpArrow);
        Assert.Equal("second", _editor.Text);
        Press(ConsoleKey.UpArrow);
        Press(ConsoleKey.UpArrow);
        Assert.Equal("first", _editor.Text);
        Press(ConsoleKey.DownArrow);
        Press(ConsoleKey.DownArrow);
        Press(ConsoleKey.DownArrow);
        Assert.Equal("draft", _editor.Text);
    }

    [Fact]
    public void HistoryForgetsTheOldest()
    {
        for (var i = 0; i < 300; i++)
        {
            Enter($"line {i}");
        }

        for (var i = 0; i < 300; i++)
        {
            Press(ConsoleKey.UpArrow);
        }

        Assert.Equal("line 100", _editor.Text);
    }

    [Fact]
    public void ALineHasALongestLength()
    {
        Type(new string('x', 20_000));
        Assert.Equal(16_384, _editor.Text.Length);
    }

    [Fact]
    public void TheEndOfInputIsControlCOrControlDOnAnEmptyLine()
    {
        Assert.Equal(EditOutcome.EndOfInput, Control(ConsoleKey.D));
        Type("x");
        Assert.Equal(EditOutcome.Edited, Control(ConsoleKey.D));
        Assert.Equal(EditOutcome.EndOfInput, Control(ConsoleKey.C));
    }

    [Theory]
    [InlineData("short", 20, "short", 5)]
    [InlineData("0123456789", 6, "56789", 5)]
    [InlineData("世界世界", 6, "世界", 4)]
    public void TheViewKeepsTheCursorInSight(string text, int width, string visible, int cell)
    {
        Type(text);
        var (shown, cursor) = _editor.View(width);
        Assert.True(CellWidth.Of(shown) < width);
        Assert.Equal(CellWidth.Of(visible), CellWidth.Of(shown));
        Assert.Equal(cell, cursor);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("👩‍👩‍👧 x")]
    [InlineData("e\u0301x ")]
    public void TheViewOfALongLineCostsWhatTheScreenShowsOfIt(string pattern)
    {
        Type(string.Concat(Enumerable.Repeat(pattern, 16_000 / pattern.Length)));
        _editor.View(80);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (visible, cell) = _editor.View(80);
        Press(ConsoleKey.LeftArrow);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.EndsWith(visible, _editor.Text, StringComparison.Ordinal);
        Assert.Equal(CellWidth.Of(visible), cell);
        Assert.InRange(cell, 78, 79);
    }

    [Fact]
    public void TheViewShowsWhatIsBehindTheCursorAsFarAsItFits()
    {
        Type("0123456789");
        Press(ConsoleKey.Home);
        Assert.Equal(("01234", 0), _editor.View(6));
    }

    private void Type(string text)
    {
        foreach (var character in text)
        {
            Press(default, character);
        }
    }

    private void Enter(string line)
    {
        Type(line);
        Assert.Equal(EditOutcome.Entered, Press(ConsoleKey.Enter, '\r'));
        Assert.Equal(line, _editor.Take());
    }

    private EditOutcome Press(ConsoleKey key, char character = '\0') => _editor.Apply(new ConsoleKeyInfo(character, key, false, false, false));

    private EditOutcome Control(ConsoleKey key) => _editor.Apply(new ConsoleKeyInfo('\0', key, false, false, control: true));
}
