using OmaIm.Load.Measuring;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Measuring;

public sealed class SequenceCheckTests
{
    [Fact]
    public void OneAfterTheOtherIsInOrder()
    {
        var check = new SequenceCheck(2);

        Assert.Equal(SequenceVerdict.InOrder, check.Observe(0, 0));
        Assert.Equal(SequenceVerdict.InOrder, check.Observe(1, 0));
        Assert.Equal(SequenceVerdict.InOrder, check.Observe(0, 1));
        Assert.Empty(check.Outstanding(0, 2));
        Assert.Empty(check.Outstanding(1, 1));
    }

    [Fact]
    public void TheSameAgainIsDoubled()
    {
        var check = new SequenceCheck(1);
        check.Observe(0, 0);

        Assert.Equal(SequenceVerdict.Doubled, check.Observe(0, 0));
    }

    [Fact]
    public void ALaterOneLeavesAGapThatStaysMissing()
    {
        var check = new SequenceCheck(1);
        check.Observe(0, 0);

        Assert.Equal(SequenceVerdict.AfterGap, check.Observe(0, 3));
        Assert.Equal(SequenceVerdict.InOrder, check.Observe(0, 4));
        Assert.Equal([1, 2], check.Outstanding(0, 5).Order());
    }

    [Fact]
    public void WhatFillsAGapIsOutOfOrderOnceAndDoubledThen()
    {
        var check = new SequenceCheck(1);
        check.Observe(0, 2);

        Assert.Equal(SequenceVerdict.OutOfOrder, check.Observe(0, 1));
        Assert.Equal(SequenceVerdict.Doubled, check.Observe(0, 1));
        Assert.Equal([0], check.Outstanding(0, 3));
    }

    [Fact]
    public void WhatWasSentAndNeverCameIsOutstanding()
    {
        var check = new SequenceCheck(1);
        check.Observe(0, 0);

        Assert.Equal([1, 2, 3], check.Outstanding(0, 4));
    }

    [Fact]
    public void WhoJoinsInTheMiddleOwesNothingForBefore()
    {
        var check = new SequenceCheck([12]);

        Assert.Equal(SequenceVerdict.InOrder, check.Observe(0, 12));
        Assert.Empty(check.Outstanding(0, 13));
        Assert.False(check.IsDue(0, 11));
        Assert.True(check.IsDue(0, 12));
    }

    [Fact]
    public void WhoJoinsInTheMiddleMustHearAllFromThereOn()
    {
        var check = new SequenceCheck([12]);

        Assert.Equal(SequenceVerdict.AfterGap, check.Observe(0, 14));
        Assert.Equal([12, 13], check.Outstanding(0, 15).Order());
        Assert.Equal([12, 13, 14], new SequenceCheck([12]).Outstanding(0, 15));
    }

    [Fact]
    public void WhatWasUnderWayBeforeHeJoinedBeginsHisCountEarlier()
    {
        var check = new SequenceCheck([12]);

        Assert.Equal(SequenceVerdict.InOrder, check.Observe(0, 10));
        Assert.Equal(SequenceVerdict.AfterGap, check.Observe(0, 12));
        Assert.Equal([11], check.Outstanding(0, 13));
        Assert.Equal([11], check.Gaps(0));
    }

    [Theory]
    [InlineData(12, 11)]
    [InlineData(12, 12)]
    [InlineData(11, 11)]
    [InlineData(11, 10)]
    public void AfterHisFirstDeliveryNothingEarlierMayCome(int first, int second)
    {
        var check = new SequenceCheck([12]);
        check.Observe(0, first);

        Assert.Equal(SequenceVerdict.Doubled, check.Observe(0, second));
    }

    [Fact]
    public void GapsOfOneSenderAreNotThoseOfAnother()
    {
        var check = new SequenceCheck(2);
        check.Observe(0, 1);
        check.Observe(1, 0);

        Assert.Equal(SequenceVerdict.Doubled, check.Observe(1, 0));
        Assert.Equal([0], check.Outstanding(0, 2));
        Assert.Empty(check.Outstanding(1, 1));
    }
}
