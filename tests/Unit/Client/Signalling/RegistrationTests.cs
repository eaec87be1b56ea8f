using OmaIm.Client;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

public sealed class RegistrationTests : IDisposable
{
    private readonly ClientBench _bench = new();
    private readonly List<SipMessage> _received = [];
    private readonly List<RegistrationState> _states = [];
    private readonly Registration _registration;
    private Action<ServerTransaction> _answer = transaction => Grant(transaction, 600);

    public RegistrationTests()
    {
        _registration = new Registration(_bench.Agent, _bench.Loop, TimeSpan.FromMinutes(10), (state, _) => _states.Add(state));
        _bench.Server.Dialogs.OutOfDialogRequest += transaction =>
        {
            _received.Add(transaction.Request);
            _answer(transaction);
        };
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task ARegisterBindsTheContactToTheAddressOfRecord()
    {
        await Register();
        var register = Assert.Single(_received);
        Assert.Equal("sip:localhost", register.RequestUri.ToString());
        Assert.Equal("sip:alice@localhost", register.To!.Uri.Aor);
        Assert.Equal("sip:alice@localhost", register.From!.Uri.Aor);
        Assert.Equal(_bench.Agent.ContactUser, register.Contact!.Uri.User);
        Assert.Equal(_bench.ClientAddress.Port, register.Contact.Uri.Port);
        Assert.Equal(600, register.Contact.Expires);
        Assert.Equal(RegistrationState.Registered, _registration.State);
    }

    [Fact]
    public async Task AChallengeIsAnsweredUnderTheSameCallIdWithTheNextCSeq()
    {
        _answer = transaction =>
        {
            if (ClientBench.Authenticate(transaction))
            {
                Grant(transaction, 600);
            }
        };
        await Register();
        Assert.Equal(2, _received.Count);
        Assert.Equal(_received[0].CallId!.Value, _received[1].CallId!.Value);
        Assert.Equal(_received[0].CSeq!.Number + 1, _received[1].CSeq!.Number);
        Assert.Equal(_received[0].From!.Tag, _received[1].From!.Tag);
    }

    [Fact]
    public async Task ARefreshComesAfterHalfOfWhatIsGrantedAndWithoutAChallenge()
    {
        _answer = transaction =>
        {
            if (ClientBench.Authenticate(transaction))
            {
                Grant(transaction, 120);
            }
        };
        await Register();
        _bench.Run(TimeSpan.FromSeconds(59));
        Assert.Equal(2, _received.Count);
        _bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(3, _received.Count);
        Assert.Equal("00000002", _received[2].Authorization!.Credentials!.Nc);
        _bench.Run(TimeSpan.FromSeconds(60));
        Assert.Equal(4, _received.Count);
        Assert.Equal([RegistrationState.Registered], _states);
    }

    [Fact]
    public async Task ATooShortIntervalIsAskedAgainWithTheMinimum()
    {
        _answer = transaction =>
        {
            if (transaction.Request.Contact!.Expires >= 900)
            {
                Grant(transaction, 900);
                return;
            }

            var response = transaction.CreateResponse(423, null);
            response.Headers.Set(SipHeaderId.MinExpires, "900");
            transaction.Respond(response);
        };
        await Register();
        Assert.Equal([600, 900], _received.Select(register => register.Contact!.Expires));
    }

    [Fact]
    public async Task ARefusalIsATypedFailureAndIsNotRepeated()
    {
        _answer = transaction => transaction.Respond(403);
        var failure = await Assert.ThrowsAsync<ImException>(Register);
        Assert.Equal(ImFailure.Forbidden, failure.Failure);
        _bench.Run(TimeSpan.FromMinutes(10));
        Assert.Single(_received);
    }

    [Fact]
    public async Task AWrongPasswordIsRefusedAuthentication()
    {
        _answer = transaction =>
        {
            var response = transaction.CreateResponse(401, null);
            response.Headers.Add(SipHeaderId.WWWAuthenticate, "Digest realm=\"localhost\", nonce=\"n\", qop=\"auth\"");
            transaction.Respond(response);
        };
        var failure = await Assert.ThrowsAsync<ImException>(Register);
        Assert.Equal(ImFailure.AuthenticationRefused, failure.Failure);
        Assert.Equal(2, _received.Count);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsUnreachable()
    {
        _answer = _ => { };
        var registering = _bench.Do(() => _registration.RegisterAsync(CancellationToken.None));
        _bench.Run(TimeSpan.FromSeconds(33));
        var failure = await Assert.ThrowsAsync<ImException>(() => registering);
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public async Task AFailedRefreshIsTriedAgainWithGrowingWaitsUntilItSucceeds()
    {
        await Register();
        _answer = transaction => transaction.Respond(500);
        _bench.Run(TimeSpan.FromSeconds(301));
        Assert.Equal(RegistrationState.Retrying, _registration.State);
        var first = _received.Count;
        _bench.Run(TimeSpan.FromSeconds(10));
        var soon = _received.Count - first;
        Assert.InRange(soon, 2, 6);
        _bench.Run(TimeSpan.FromMinutes(10));
        Assert.InRange(_received.Count - first - soon, 5, 16);

        _answer = transaction => Grant(transaction, 600);
        _bench.Run(TimeSpan.FromMinutes(2));
        Assert.Equal([RegistrationState.Registered, RegistrationState.Retrying, RegistrationState.Registered], _states);
    }

    [Fact]
    public async Task ALostConnectionIsRegisteredAnewSoon()
    {
        await Register();
        _bench.Do(_bench.Agent.OnFlowClosed);
        Assert.Equal(RegistrationState.Retrying, _registration.State);
        _bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _received.Count);
        Assert.Equal(RegistrationState.Registered, _registration.State);
    }

    [Fact]
    [Trait("Section", "RFC 3261 12")]
    public void AConnectionThatDialogsNeedIsMadeAnewWithoutARegistration()
    {
        var restored = 0;
        _bench.Agent.FlowRestored += _ => restored++;
        _bench.Do(_bench.Agent.OnFlowClosed);
        _bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal((1, 0), (restored, _received.Count));
        Assert.Equal(RegistrationState.None, _registration.State);
    }

    [Fact]
    public async Task UnregisteringTakesTheBindingAwayAndNothingIsRefreshedAfterwards()
    {
        await Register();
        await _bench.Do(() => _registration.UnregisterAsync(CancellationToken.None));
        Assert.Equal(0, _received[1].Contact!.Expires);
        Assert.Equal(_received[0].CallId!.Value, _received[1].CallId!.Value);
        _bench.Do(_bench.Agent.OnFlowClosed);
        _bench.Run(TimeSpan.FromMinutes(20));
        Assert.Equal(2, _received.Count);
        Assert.Equal(RegistrationState.None, _registration.State);
    }

    [Fact]
    [Trait("Section", "RFC 5626 4.4.1")]
    public async Task AConnectionOverWhichARefreshIsNotAnsweredIsGivenUp()
    {
        using var bench = new ClientBench(protocol: SipProtocol.Tcp);
        var registration = new Registration(bench.Agent, bench.Loop, TimeSpan.FromMinutes(1), (_, _) => { });
        var answers = true;
        bench.Server.Dialogs.OutOfDialogRequest += transaction =>
        {
            if (answers)
            {
                Grant(transaction, 60);
            }
        };
        await bench.Do(() => registration.RegisterAsync(CancellationToken.None));
        answers = false;
        bench.Run(TimeSpan.FromSeconds(61));
        Assert.True(bench.ClientFlow.IsOpen);
        bench.Run(TimeSpan.FromSeconds(2));
        Assert.False(bench.ClientFlow.IsOpen);
    }

    [Fact]
    public void WhatIsUnderWayWhenItStopsIsNotHeld()
    {
        ServerTransaction? late = null;
        _answer = transaction => late = transaction;
        var registering = _bench.Do(() => _registration.RegisterAsync(CancellationToken.None));
        _bench.Do(_registration.Stop);
        _bench.Server.Loop.Post(() => Grant(late!, 600));
        _bench.Settle();
        Assert.True(registering.IsCompletedSuccessfully);
        _bench.Do(_bench.Agent.OnFlowClosed);
        _bench.Run(TimeSpan.FromMinutes(20));
        Assert.Single(_received);
        Assert.Empty(_states);
    }

    private Task Register() => _bench.Do(() => _registration.RegisterAsync(CancellationToken.None));

    private static void Grant(ServerTransaction transaction, int seconds)
    {
        var response = transaction.CreateResponse(200, null);
        var contact = transaction.Request.Contact!;
        response.Headers.Add(SipHeaderId.Contact, $"<sip:other@192.0.2.9>;expires=7, <{contact.Uri}>;expires={seconds}");
        transaction.Respond(response);
    }
}
