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
