using OmaIm.Cli.Terminal;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Terminal;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße, 世界 👩‍👩‍👧", "Grüße, 世界 👩‍👩‍👧")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\u2028b\u2029c\u0085d", "a\nb\nc\nd")]
    [InlineData("a\tb", "a    b")]
    [InlineData("\u001b[31mred", "␛[31mred")]
    [InlineData("bell\u0007", "bell␇")]
    [InlineData("nul\0", "nul␀")]
    [InlineData("del\u007f", "del␡")]
    [InlineData("csi\u009b2J", "csi\uFFFD2J")]
    [InlineData("\u202eevil\u202c \u2066x\u2069", "\uFFFDevil\uFFFD \uFFFDx\uFFFD")]
    public void TextKeepsItsLinesAndNothingThatActs(string text, string expected) => Assert.Equal(expected, Printable.Text(text));

    [Fact]
    public void ALoneSurrogateBecomesTheReplacementCharacter() => Assert.Equal("a\uFFFDb", Printable.Text("a\ud800b"));

    [Fact]
    public void ANameIsOneLineAndShort()
    {
        Assert.Equal("a␊b␉c", Printable.Name("a\nb\tc"));
        Assert.Equal(81, Printable.Name(new string('x', 500)).Length);
    }

    [Fact]
    public void NoControlCharacterPasses()
    {
        for (var c = '\0'; c < '\uffff'; c++)
        {
            Assert.DoesNotContain(Printable.Text(c.ToString()), character => char.IsControl(character) && character != '\n');
            Assert.DoesNotContain(Printable.Name(c.ToString()), char.IsControl);
        }
    }
}
