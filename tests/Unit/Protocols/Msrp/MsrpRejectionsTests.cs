using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

public sealed class MsrpRejectionsTests
{
    // The codes that RFC 4975 section 10 and RFC 7701 section 7 define for responses; 408 is that of one who relays.
    private static readonly int[] Codes = [200, 400, 403, 404, 408, 413, 415, 423, 424, 425, 428, 481, 501, 506];

    public static TheoryData<MsrpRejection> All => [.. Enum.GetValues<MsrpRejection>()];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryReasonHasAStatusCodeOfTheStandardsAndACommentOfItsOwn(MsrpRejection rejection)
    {
        if (rejection != MsrpRejection.Truncated)
        {
            Assert.Contains(rejection.StatusCode(), Codes);
        }

        var comment = MsrpText.Text(rejection.Comment());
        Assert.Matches("^[A-Za-z][A-Za-z /-]+$", comment);
        Assert.DoesNotContain(comment, Enum.GetValues<MsrpRejection>().Where(other => other != rejection).Select(static other => MsrpText.Text(other.Comment())));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OnlyLostFramingClosesTheConnection(MsrpRejection rejection)
    {
        var isFraming = rejection is > MsrpRejection.None and <= MsrpRejection.Truncated;
        Assert.Equal(isFraming, rejection.ClosesConnection());
        Assert.True(!isFraming || rejection.StatusCode() is 400 or 0);
    }
}
