using System.Text;
using OmaIm.Client;
using OmaIm.Client.Sessions;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support.Wire;
using OmaIm.Tests.Unit.Stack.Dialogs;
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
            _client.Do(() => link.InviteAsync(SipUri.Parse("sip:bob@localhost"), _ => { }, begun: null, CancellationToken.None)));
        Assert.Equal(603, failure.StatusCode);

        var endpoint = _runtime.EndpointAt(_client.ClientAddress.Address, isSecure: false);
        var found = new TaskCompletionSource<MsrpSession?>();
        endpoint.Loops[0].Post(() => found.SetResult(endpoint.Find(endpoint.Loops[0], Encoding.ASCII.GetBytes(path))));
        Assert.Null(await found.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Nobody listens where the answer says: who connects would fail, and who made another path on a refresh would take it from whoever connects.</summary>
    [Fact]
    public async Task WithoutMediaTheDialogStandsByBothPathsAndKeepsThem()
    {
        var answer = Encoding.UTF8.GetBytes(SdpText.Msrp("msrp://127.0.0.1:9/there;tcp", "passive"));
        InviteUsage? usage = null;
        _client.Server.Dialogs.OutOfDialogRequest += transaction =>
            usage = _client.Server.Dialogs.AcceptInvite(transaction, new InviteRecorder(), SipUri.Parse("sip:bob@192.0.2.2"), null, "application/sdp", answer);
        var link = new SessionLink(
            _runtime, _client.Agent, new SessionProfile { MaximumMessageSize = 1000, Listens = false, Connects = false }, this, (_, _) => { });
        await _client.Do(() => link.InviteAsync(SipUri.Parse("sip:bob@localhost"), _ => { }, begun: null, CancellationToken.None));
        Assert.Equal("msrp://127.0.0.1:9/there;tcp", link.Leg!.Session.RemotePath);

        var path = link.Leg.Session.LocalPath;
        SipMessage? response = null;
        _client.Server.Loop.Post(() => usage!.Reinvite("application/sdp", answer, (_, final) => response = final));
        _client.Settle();
        Assert.Equal(path, SdpText.Attribute(Encoding.UTF8.GetString(response!.Body.Span), "path"));
        Assert.Equal(path, link.Leg.Session.LocalPath);
    }

    /// <summary>Its end may be known before whoever waited for its connection hears of that: adopted, it would never be found lost.</summary>
    [Fact]
    public async Task AConnectionThatHasEndedByThenReplacesNone()
    {
        var answer = Encoding.UTF8.GetBytes(SdpText.Msrp("msrp://127.0.0.1:9/there;tcp", "passive"));
        var endpoint = _runtime.EndpointAt(_client.ClientAddress.Address, isSecure: false);
        var recorder = new InviteRecorder
        {
            Reinvited = (usage, transaction) =>
            {
                var path = Encoding.ASCII.GetBytes(SdpText.Attribute(Encoding.UTF8.GetString(transaction.Request.Body.Span), "path"));
                using var ended = new ManualResetEventSlim();
                endpoint.Loops[0].Post(() =>
                {
                    endpoint.Find(endpoint.Loops[0], path)!.CloseNow(MsrpCloseReason.Local);
                    ended.Set();
                });
                Assert.True(ended.Wait(TimeSpan.FromSeconds(30)));
                usage.AcceptReinvite(transaction, "application/sdp", answer);
            },
        };
        _client.Server.Dialogs.OutOfDialogRequest += transaction =>
            _client.Server.Dialogs.AcceptInvite(transaction, recorder, SipUri.Parse("sip:bob@192.0.2.2"), null, "application/sdp", answer);
        var link = new SessionLink(
            _runtime, _client.Agent, new SessionProfile { MaximumMessageSize = 1000, Listens = false, Connects = false }, this, (_, _) => { });
        await _client.Do(() => link.InviteAsync(SipUri.Parse("sip:bob@localhost"), _ => { }, begun: null, CancellationToken.None));
        var leg = link.Leg;

        var recovering = _client.Do(() => link.RecoverAsync(CancellationToken.None));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _client.Settle();
                return recovering.IsCompleted;
            },
            TimeSpan.FromSeconds(30)));
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => recovering)).Failure);
        Assert.Same(leg, link.Leg);
    }

    void IMsrpLegOwner.OnMessage(MsrpLeg leg, AssembledMessage message, ReportsWanted wanted) => Assert.Fail("there is no session");

    void IMsrpLegOwner.OnReport(ulong messageId, ByteRange range, int status) => Assert.Fail("there is no session");

    void IMsrpLegOwner.OnLost(MsrpLeg leg, string reason) => Assert.Fail("there is no session");
}
