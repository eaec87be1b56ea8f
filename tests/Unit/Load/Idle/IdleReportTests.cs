using OmaIm.Load.Idle;
using OmaIm.Load.Server;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Idle;

public sealed class IdleReportTests
{
    private static readonly IdleReport AtTheLimit = new(
        Members: 1000, JoinSeconds: 1, ConnectSeconds: 1, SipLimit: 8, MsrpLimit: 4, Empty: Resident(60_000), Joined: Resident(68_000), Connected: Resident(72_000), Lost: 0);

    [Fact]
    public void TheShareOfSipEndsWhereThatOfMsrpBegins()
    {
        Assert.Equal((8 * 1024, 4 * 1024), (AtTheLimit.SipBytesEach, AtTheLimit.MsrpBytesEach));
        Assert.True(AtTheLimit.Passed);
    }

    [Fact]
    public void EachShareIsJudgedByItself()
    {
        Assert.Equal([false, true, true], Verdicts(AtTheLimit with { SipLimit = 7.99 }));
        Assert.Equal([true, false, true], Verdicts(AtTheLimit with { MsrpLimit = 3.99 }));
        Assert.Equal([true, true, false], Verdicts(AtTheLimit with { Lost = 1 }));
        Assert.Equal([true, false, true], Verdicts(AtTheLimit with { Connected = new ServerSample() }));
    }

    private static IEnumerable<bool> Verdicts(IdleReport report) => report.Criteria.Select(criterion => criterion.Holds);

    private static ServerSample Resident(long kibibytes) => new() { ResidentBytes = kibibytes * 1024 };
}
