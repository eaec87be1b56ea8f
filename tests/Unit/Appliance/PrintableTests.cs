using OmaIm.Appliance;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain Grüße 你好 🙂", "plain Grüße 你好 🙂")]
    [InlineData("a\r\nb", "a\\u{d}\\u{a}b")]
    [InlineData("\u001b[31mred", "\\u{1b}[31mred")]
    [InlineData("\u009b31m", "\\u{9b}31m")]
    [InlineData("a\u2028b\u202eevil", "a\\u{2028}b\\u{202e}evil")]
    [InlineData("\0\u007f", "\\u{0}\\u{7f}")]
    public void ControlCharactersNeverStayRaw(string text, string expected) => Assert.Equal(expected, Printable.OneLine(text));

    [Fact]
    public void LongTextIsCut() => Assert.Equal(new string('a', 60) + "...", Printable.Shorten(new string('a', 1_000)));
}
