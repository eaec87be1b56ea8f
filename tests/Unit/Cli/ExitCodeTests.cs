using OmaIm.Cli;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using Xunit;

namespace OmaIm.Tests.Unit.Cli;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(ImdnKind.Delivery, ImdnStatus.Delivered, ExitCode.Ok)]
    [InlineData(ImdnKind.Display, ImdnStatus.Displayed, ExitCode.Ok)]
    [InlineData(ImdnKind.Delivery, ImdnStatus.Failed, ExitCode.Failed)]
    [InlineData(ImdnKind.Delivery, ImdnStatus.Forbidden, null)]
    [InlineData(ImdnKind.Delivery, ImdnStatus.Error, null)]
    [InlineData(ImdnKind.Display, ImdnStatus.Forbidden, null)]
    [InlineData(ImdnKind.Display, ImdnStatus.Error, null)]
    [InlineData(ImdnKind.Processing, ImdnStatus.Stored, null)]
    [InlineData(ImdnKind.Processing, ImdnStatus.Processed, null)]
    [InlineData(ImdnKind.Processing, ImdnStatus.Error, null)]
    [Trait("Section", "RFC 5438 11.1.9")]
    public void OnlyAFailedDeliveryIsAFailure(ImdnKind kind, ImdnStatus status, int? code) =>
        Assert.Equal(code, ExitCode.Of(new Receipt("m", "sip:bob@localhost", kind, status)));
}
