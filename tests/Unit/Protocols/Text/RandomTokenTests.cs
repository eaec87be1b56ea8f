using System.Text;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

public sealed class RandomTokenTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 13)]
    [InlineData(128, 26)]
    public void ATokenHasTheBitsAskedForAtFiveACharacter(int bits, int length) => Assert.Equal(length, RandomToken.Create(bits).Length);

    [Fact]
    public void TokensAreAlphanumericAndDiffer()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => RandomToken.Create()).ToArray();
        Assert.Equal(tokens.Length, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tokens, token => Assert.False(Encoding.ASCII.GetBytes(token).AsSpan().ContainsAnyExcept(Grammar.Alphanum)));
        Assert.Equal(32, string.Concat(tokens).Distinct().Count());
    }

    [Fact]
    public void NoBitsAreNoToken() => Assert.Throws<ArgumentOutOfRangeException>(() => RandomToken.Create(0));
}
