using OmaIm.Load.Report;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Report;

public sealed class CriterionTests
{
    [Theory]
    [InlineData(2.0, true)]
    [InlineData(2.01, false)]
    [InlineData(null, false)]
    [InlineData(double.NaN, false)]
    public void AtMostHoldsUpToTheLimitAndForWhatIsKnown(double? found, bool holds) =>
        Assert.Equal(holds, Criterion.AtMost("x", found, 2, "0.00", " ms").Holds);

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1.0, false)]
    [InlineData(null, false)]
    public void BelowExcludesTheLimit(double? found, bool holds) => Assert.Equal(holds, Criterion.Below("x", found, 1, "0.00", "").Holds);

    [Fact]
    public void ALimitThatIsNotKnownDoesNotHold() => Assert.False(Criterion.AtMost("x", 1, null, "N0", "").Holds);

    [Fact]
    public void NoneIsZero()
    {
        Assert.True(Criterion.None("x", 0).Holds);
        Assert.False(Criterion.None("x", 1).Holds);
    }

    [Fact]
    public void FiguresAreSaidWithTheirUnitOrAsUnknown()
    {
        Assert.Equal(new Criterion("x", "1,234 KiB", "at most 2,000 KiB", true), Criterion.AtMost("x", 1234, 2000, "N0", " KiB"));
        Assert.Equal("unknown", Criterion.AtMost("x", null, 2, "N0", "").Found);
    }
}
