using System.Text;
using OmaIm.Client;
using OmaIm.Client.Sessions;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Sessions;

public sealed class SessionLinkTests : IMsrpLegOwner, IAsyncLifetime, IDisposable
{
    private readonly ClientBench _client = new();
    private readonly ImRuntime _runtime = ImRuntime.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task OfAnInvitationThatFailsNoMsrpSessionIsLeft()
    {
        var path = "";
        _client.Server.Dialogs.OutOfDialogRequest += transaction =>
        {
            path = Encoding.UTF8.GetString(transaction.Request.Body.Span).Split('\n').First(line => line.StartsWith("a=path:", StringComparison.Ordinal))[7..].Trim();
            transaction.Respond(603);
        };
        var link = new SessionLink(_runtime, _client.Agent, new SessionProfile { MaximumMessageSize = 1000, Listens = false }, this, (_, _) => { });
        var failure = await Assert.ThrowsAsync<ImException>(() =>
            _client.Do(() => link.InviteAsync(SipUri.Parse("sip:bob@localhost"), _ => { }, CancellationToken.None)));
        Assert.Equal(603, failure.StatusCode);

        var endpoint = _runtime.EndpointAt(_client.ClientAddress.Address, isSecure: false);
        var found = new TaskCompletionSource<MsrpSession?>();
        endpoint.Loops[0].Post(() => found.SetResult(endpoint.Find(endpoint.Loops[0], Encoding.ASCII.GetBytes(path))));
        Assert.Null(await found.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    void IMsrpLegOwner.OnMessage(MsrpLeg leg, AssembledMessage message, bool wantsReport) => Assert.Fail("there is no session");

    void IMsrpLegOwner.OnReport(ulong messageId, int status) => Assert.Fail("there is no session");

    void IMsrpLegOwner.OnLost(MsrpLeg leg, string reason) => Assert.Fail("there is no session");
}
