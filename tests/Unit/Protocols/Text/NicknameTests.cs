using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

public sealed class NicknameTests
{
    /// <summary>The examples of RFC 8266 section 3, and what this server's users meet.</summary>
    [Theory]
    [InlineData("Foo", "Foo", "foo")]
    [InlineData("foo", "foo", "foo")]
    [InlineData("Foo Bar", "Foo Bar", "foo bar")]
    [InlineData("  Swan  of   Avon   ", "Swan of Avon", "swan of avon")]
    [InlineData("\u03a3", "\u03a3", "\u03c3")]
    [InlineData("\u03c3", "\u03c3", "\u03c3")]
    [InlineData("\u03c2", "\u03c2", "\u03c2")]
    [InlineData("\u265a", "\u265a", "\u265a")]
    [InlineData("Richard \u2163", "Richard IV", "richard iv")]
    [InlineData("a\u00a0\u3000b", "a b", "a b")]
    [InlineData("\uff21\uff4c\uff49\uff43\uff45", "Alice", "alice")]
    [InlineData("\ufb01n", "fin", "fin")]
    [InlineData("\u212bngstr\u00f6m", "\u00c5ngstr\u00f6m", "\u00e5ngstr\u00f6m")]
    [InlineData("a\u030a", "\u00e5", "\u00e5")]
    [InlineData("q\u0323\u0307", "q\u0323\u0307", "q\u0323\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307", "q\u0323\u0307")]
    [InlineData("\ud55c\uae00", "\ud55c\uae00", "\ud55c\uae00")]
    [InlineData("\u0130", "\u0130", "i\u0307")]
    [InlineData("\u1e9e", "\u1e9e", "\u00df")]
    [InlineData("\U00010400", "\U00010400", "\U00010428")]
    [InlineData("👋 Bob", "👋 Bob", "👋 bob")]
    [InlineData("Привет", "Привет", "привет")]
    [InlineData("a\u00a8", "a \u0308", "a \u0308")]
    [InlineData("co\u00b7l\u00b7legi", null, null)]
    [InlineData("col\u00b7legi", "col\u00b7legi", "col\u00b7legi")]
    [InlineData("\u30ab\u30fb\u30ab", "\u30ab\u30fb\u30ab", "\u30ab\u30fb\u30ab")]
    [InlineData("a\u30fbb", null, null)]
    [InlineData("\u0661\u0662", "\u0661\u0662", "\u0661\u0662")]
    [InlineData("\u0661\u06f2", null, null)]
    [InlineData("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937")]
    [InlineData("a\u200db", null, null)]
    public void ShownAndCompared(string nickname, string? shown, string? key)
    {
        Assert.Equal(shown, Nickname.Enforce(nickname));
        Assert.Equal(key, Nickname.Prepare(nickname));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3000")]
    [InlineData("a\0b")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    [InlineData("\u001b[2J")]
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200fb")]
    [InlineData("a\u200bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\ufeffb")]
    [InlineData("a\u00adb")]
    [InlineData("a\ufe0f")]
    [InlineData("a\u034fb")]
    [InlineData("\u3164")]
    [InlineData("\uffa0")]
    [InlineData("\u1100")]
    [InlineData("\ue000")]
    [InlineData("\u0378")]
    [InlineData("\u0640")]
    [InlineData("\U000e0041")]
    [InlineData("\U000e0101")]
    public void ImproperNicknamesAreRefused(string nickname)
    {
        Assert.Null(Nickname.Enforce(nickname));
        Assert.Null(Nickname.Prepare(nickname));
    }

    [Fact]
    public void HalfASurrogatePairIsRefused()
    {
        Assert.Null(Nickname.Prepare("a\ud83d"));
        Assert.Null(Nickname.Prepare("\udc4ba"));
    }

    [Fact]
    public void SixtyFourCharactersAreTheLimit()
    {
        Assert.NotNull(Nickname.Prepare(new string('a', 64)));
        Assert.Null(Nickname.Prepare(new string('a', 65)));
        Assert.NotNull(Nickname.Prepare(string.Concat(Enumerable.Repeat("👋", 64))));
        Assert.Null(Nickname.Prepare(string.Concat(Enumerable.Repeat("👋", 65))));
        Assert.Null(Nickname.Prepare(new string('a', 1_000_000)));
    }

    /// <summary>RFC 8266 section 2.4 wants the result to be stable: the key of a key is the key.</summary>
    [Fact]
    public void TheKeyOfAKeyIsTheKey()
    {
        for (var point = 1; point < 0x20000; point++)
        {
            if (point is < 0xD800 or > 0xDFFF && Nickname.Prepare("x" + char.ConvertFromUtf32(point)) is { } key)
            {
                Assert.Equal(key, Nickname.Prepare(key));
                Assert.Equal(key, Nickname.Prepare(Nickname.Enforce("x" + char.ConvertFromUtf32(point))!));
            }
        }
    }

    /// <summary>The longest decomposition of Unicode turns one character into eighteen.</summary>
    [Fact]
    public void TheLimitHoldsForTheShownNicknameToo()
    {
        Assert.Equal(3 * 18, Nickname.Enforce("\ufdfa\ufdfa\ufdfa")!.Length);
        Assert.Null(Nickname.Enforce("\ufdfa\ufdfa\ufdfa\ufdfa"));
        Assert.Null(Nickname.Prepare("\ufdfa\ufdfa\ufdfa\ufdfa"));
    }
}
