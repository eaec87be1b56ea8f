using OmaIm.Cli.Terminal;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Terminal;

public sealed class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("世界", 4)]
    [InlineData("한글", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("e\u0301", 1)]
    [InlineData("👍", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("ß", 1)]
    public void ATextTakesTheCellsThatTerminalsGiveIt(string text, int cells) => Assert.Equal(cells, CellWidth.Of(text));
}
