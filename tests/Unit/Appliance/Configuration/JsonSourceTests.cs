using OmaIm.Appliance.Configuration;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

public sealed class JsonSourceTests
{
    private readonly List<ConfigurationProblem> _problems = [];

    [Fact]
    public void EveryNodeRemembersItsLine()
    {
        var root = JsonSource.Read("f", "{\n\"A\": 1, // one\n\"B\": [\n2,\n{ \"C\":\n3 }]\n}"u8, _problems)!;

        Assert.Empty(_problems);
        Assert.Equal("f:2", root.Find("A")!.Source);
        var list = Assert.IsType<RawList>(root.Find("B"));
        Assert.Equal(["f:4", "f:5"], list.Items.Select(item => item.Source));
        Assert.Equal("f:6", ((RawObject)list.Items[1]).Find("C")!.Source);
    }

    [Fact]
    public void AByteOrderMarkIsNoPartOfTheText()
    {
        Assert.NotNull(JsonSource.Read("f", [0xEF, 0xBB, 0xBF, .. "{}"u8], _problems));
        Assert.Empty(_problems);
    }

    [Fact]
    public void TextThatIsNotUtf8IsRefused()
    {
        Assert.Null(JsonSource.Read("f", [.. "{\"Domain\": \""u8, 0xFF, .. "\"}"u8], _problems));
        Assert.Equal("text that is not UTF-8", Assert.Single(_problems).Found);
    }

    [Theory]
    [InlineData("[]", "a list")]
    [InlineData("1", "1")]
    [InlineData("\"x\"", "\"x\"")]
    public void AnythingButAnObjectIsRefused(string text, string found)
    {
        Assert.Null(JsonSource.Read("f", System.Text.Encoding.UTF8.GetBytes(text), _problems));
        Assert.Equal(found, Assert.Single(_problems).Found);
    }

    [Fact]
    public void DeepNestingIsRefusedWithoutBeingFollowed()
    {
        var text = string.Concat(Enumerable.Repeat("{\"A\":", 100_000));

        Assert.Null(JsonSource.Read("f", System.Text.Encoding.UTF8.GetBytes(text), _problems));
        Assert.StartsWith("no valid JSON", Assert.Single(_problems).Found, StringComparison.Ordinal);
    }
}
