using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client;
using OmaIm.Client.Messages;
using OmaIm.Client.Sessions;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Tests.Unit.Client.Pager;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Sessions;

public sealed class SessionTableTests : IAsyncLifetime, IDisposable
{
    private readonly ClientBench _client = new();
    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly SessionTable _table;

    public SessionTableTests()
    {
        var handlers = new HandlerQueue(1000, 1000, NullLogger.Instance);
        var parts = new SessionParts(_client.Agent, PagerBench.Account, new Inbox(PagerBench.Account, handlers, _client.Loop), null!, null!, _ => { }, _ => { });
        _table = new SessionTable(_runtime, parts, handlers) { Handler = () => _ => { } };
        _client.Do(() => _client.Agent.ConnectAsync(CancellationToken.None));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void NoSinglePeerMakesThisUserBusyForAll()
    {
        var ringing = Enumerable.Range(0, 50).Select(_ => Invite("bob")).ToList();
        Assert.All(ringing, invite => Assert.False(invite.IsAnswered));
        Assert.True(Invite("bob").IsAnswered);
        Assert.False(Invite("carol").IsAnswered);

        _client.Do(() => ringing[0].Respond(603));
        Assert.False(Invite("bob").IsAnswered);
        Assert.True(Invite("bob").IsAnswered);
    }

    [Fact]
    public void WhatRingsCountsAmongTheSessions()
    {
        for (var i = 0; i < 200; i++)
        {
            Assert.False(Invite($"user{i}").IsAnswered);
        }

        Assert.True(Invite("one.too.many").IsAnswered);
    }

    /// <summary>An INVITE as the table has taken it.</summary>
    private ServerTransaction Invite(string user)
    {
        var invite = SipMessage.CreateRequest(SipMethod.Invite, _client.Agent.ContactOn(_client.ClientFlow));
        invite.Headers.Set(SipHeaderId.From, $"<sip:{user}@localhost>;tag=1");
        invite.Headers.Set(SipHeaderId.To, "<sip:alice@localhost>");
        invite.Headers.Set(SipHeaderId.CallId, OmaIm.Protocols.Text.RandomToken.Create());
        invite.Headers.Set(SipHeaderId.CSeq, "1 INVITE");
        invite.Headers.Set(SipHeaderId.MaxForwards, "70");
        invite.Headers.Set(SipHeaderId.Contact, "<sip:peer@192.0.2.2>");
        _client.Server.Loop.Post(() => _client.Server.Transactions.Send(invite, _client.ServerFlow, (_, _) => { }));
        _client.Settle();
        var transaction = _client.Invites[^1];
        _client.Do(() => _table.OnInvite(transaction, null));
        return transaction;
    }
}
