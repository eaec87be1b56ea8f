using OmaIm.Cli;
using OmaIm.Protocols.Imdn;
using Xunit;

namespace OmaIm.Tests.Unit.Cli;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(ImdnStatus.Delivered, ExitCode.Ok, null)]
    [InlineData(ImdnStatus.Displayed, ExitCode.Ok, ExitCode.Ok)]
    [InlineData(ImdnStatus.Failed, ExitCode.Failed, ExitCode.Failed)]
    [InlineData(ImdnStatus.Forbidden, ExitCode.Failed, ExitCode.Failed)]
    [InlineData(ImdnStatus.Error, ExitCode.Failed, ExitCode.Failed)]
    [InlineData(ImdnStatus.Stored, null, null)]
    [InlineData(ImdnStatus.Processed, null, null)]
    public void AReceiptIsTheLastWordOrNot(ImdnStatus status, int? code, int? untilDisplayed)
    {
        Assert.Equal(code, ExitCode.Of(status, untilDisplayed: false));
        Assert.Equal(untilDisplayed, ExitCode.Of(status, untilDisplayed: true));
    }
}
