using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class UserAgentTests : IDisposable
{
    private readonly ClientBench _bench = new();

    public UserAgentTests()
    {
        Assert.True(_bench.Do(() => _bench.Agent.ConnectAsync(CancellationToken.None)).IsCompletedSuccessfully);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void AnInviteToTheContactComesToItsClient()
    {
        Send(SipMethod.Invite, _bench.Agent.ContactUser);
        Assert.Equal(SipMethod.Invite, Assert.Single(_bench.Invites).Request.Method);
    }

    [Theory]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 405)]
    [InlineData("FROBNICATE", 405)]
    public void OtherRequestsAreAnsweredWithWhatIsAllowed(string method, int status)
    {
        var response = Send(new SipMethod(method), _bench.Agent.ContactUser);
        Assert.Equal(status, response!.StatusCode);
        Assert.True(response.Allow!.Contains("INVITE"));
    }

    [Fact]
    public void ARequestToNobodyIsNotFound() => Assert.Equal(404, Send(SipMethod.Options, "nobody")!.StatusCode);

    [Fact]
    public void ADetachedClientIsNotFoundAnyMore()
    {
        _bench.Do(_bench.Agent.Detach);
        Assert.Equal(404, Send(SipMethod.Invite, _bench.Agent.ContactUser)!.StatusCode);
        Assert.Empty(_bench.Invites);
    }

    [Fact]
    public void ContactsCannotBeGuessed()
    {
        Assert.Equal(26, _bench.Agent.ContactUser.Length);
        Assert.DoesNotContain("alice", _bench.Agent.ContactUser, StringComparison.Ordinal);
    }

    private SipMessage? Send(SipMethod method, string user)
    {
        SipMessage? final = null;
        var request = SipRequests.Create(method);
        request.RequestUri = SipUri.Create(user, "192.0.2.1", 5060);
        _bench.Server.Loop.Post(() => _bench.Server.Transactions.Send(request, _bench.ServerFlow, (_, response) => final = response));
        _bench.Settle();
        return final;
    }
}
