using OmaIm.Client;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class MsrpDialTests : IMsrpSessionHandler, IDisposable
{
    private readonly MsrpBench _msrp = new();
    private readonly ClientBench _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _msrp.Dispose();
    }

    [Theory]
    [InlineData(300, 2855)]
    [InlineData(10, 65_536)]
    public async Task AnAddressThatIsNoneIsNotReachable(int length, int port)
    {
        var remote = new MsrpMedia { Host = new string('x', length), Port = port, Path = "msrp://x:1/y;tcp", AcceptTypes = ["*"] };
        var session = _msrp.Endpoint.CreateSession(this);
        var failure = await Assert.ThrowsAsync<ImException>(() => MsrpDial.ConnectAsync(session, _client.Agent, remote, CancellationToken.None));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    void IMsrpSessionHandler.OnBound(MsrpSession session) => Assert.Fail("there is no connection");

    void IMsrpSessionHandler.OnFrame(MsrpSession session, in MsrpFrame frame) => Assert.Fail("there is no connection");

    void IMsrpSessionHandler.OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
    }
}
