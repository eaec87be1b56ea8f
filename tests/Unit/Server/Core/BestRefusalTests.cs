using OmaIm.Server.Core;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Core;

/// <summary>RFC 3261 section 16.7, step 6.</summary>
public sealed class BestRefusalTests
{
    [Theory]
    [InlineData(new[] { 486, 404 }, 486)]
    [InlineData(new[] { 500, 486 }, 486)]
    [InlineData(new[] { 486, 302 }, 302)]
    [InlineData(new[] { 486, 603 }, 603)]
    [InlineData(new[] { 603, 486 }, 603)]
    [InlineData(new[] { 603, 302, 600 }, 603)]
    [InlineData(new[] { 480 }, 480)]
    [InlineData(new[] { 503 }, 503)]
    [InlineData(new int[0], 408)]
    public void A6xxWinsThenTheLowestClassThenTheFirst(int[] refusals, int best)
    {
        var refusal = new BestRefusal(otherwise: 408);
        foreach (var status in refusals)
        {
            refusal.Note(status, $"of {status}");
        }

        Assert.Equal(best, refusal.Status);
        Assert.Equal(refusals.Length == 0 ? null : $"of {best}", refusal.Phrase);
    }
}
