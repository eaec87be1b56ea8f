using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Signalling;

/// <summary>
/// Keeps a binding of the client's contact at the registrar (RFC 3261 section 10.2): refreshed after half of its time, and made anew with
/// growing waits when that fails or the connection is lost. A connection that dialogs need is made anew without a registration as well. Lives
/// on the control loop.
/// </summary>
internal sealed class Registration
{
    /// <summary>The first and the longest wait after a failure; the longest is well below what a user takes for "offline for good".</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>A registrar that grants less is asked no more often than this.</summary>
    private static readonly TimeSpan ShortestRefresh = TimeSpan.FromSeconds(5);

    private readonly UserAgent _agent;
    private readonly Action<RegistrationState, ImException?> _onChanged;
    private readonly LoopTimer _timer;
    private readonly BackOff _backOff = new(FirstWait, LongestWait);

    // RFC 3261 section 10.2: all registrations of one client share a Call-ID, and their CSeq grows.
    private readonly string _callId = RandomToken.Create();
    private readonly string _fromTag = RandomToken.Create();
    private uint _sequence;
    private TimeSpan _expiry;
    private bool _isWanted;
    private bool _isStopped;

    public Registration(UserAgent agent, ControlLoop loop, TimeSpan expiry, Action<RegistrationState, ImException?> onChanged)
    {
        _agent = agent;
        _expiry = expiry;
        _onChanged = onChanged;
        _timer = loop.CreateTimer(Refresh);
        agent.FlowLost += OnFlowLost;
    }

    public RegistrationState State { get; private set; }

    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var granted = await SendAsync(cancellationToken);
        _isWanted = !_isStopped;
        Hold(granted);
    }

    public async Task UnregisterAsync(CancellationToken cancellationToken)
    {
        _timer.Cancel();
        if (!_isWanted)
        {
            return;
        }

        _isWanted = false;
        Enter(RegistrationState.None, null);
        var response = await SendAsync(TimeSpan.Zero, cancellationToken);
        ThrowUnlessSuccess(response);
    }

    /// <summary>Nothing is refreshed or tried again from now on, whatever is still under way.</summary>
    public void Stop()
    {
        _isStopped = true;
        _isWanted = false;
        _timer.Cancel();
        _agent.FlowLost -= OnFlowLost;
    }

    private void Hold(TimeSpan granted)
    {
        if (_isStopped)
        {
            return;
        }

        _backOff.Reset();
        var refresh = granted / 2;
        _timer.Restart(refresh > ShortestRefresh ? refresh : ShortestRefresh);
        _agent.Restore();
        Enter(RegistrationState.Registered, null);
    }

    private async void Refresh()
    {
        try
        {
            if (!_isWanted)
            {
                await _agent.ConnectAsync(CancellationToken.None);
                _backOff.Reset();
                _agent.Restore();
                return;
            }

            var granted = await SendAsync(CancellationToken.None);
            if (_isWanted)
            {
                Hold(granted);
            }
        }
        catch (ImException failure)
        {
            if (failure.StatusCode == 408)
            {
                _agent.Abandon("the server does not answer"); // TCP may need a quarter of an hour to notice the same
            }

            RetryLater(failure);
        }
    }

    private void RetryLater(ImException failure)
    {
        if (!_isStopped && (_isWanted || _agent.NeedsFlow))
        {
            _timer.Restart(_backOff.Next());
        }

        if (_isWanted)
        {
            Enter(RegistrationState.Retrying, failure);
        }
    }

    private void OnFlowLost() => RetryLater(ImException.Unreachable("the connection to the server was lost"));

    /// <summary>Registers and returns the time that the registrar grants.</summary>
    private async Task<TimeSpan> SendAsync(CancellationToken cancellationToken)
    {
        var response = await SendAsync(_expiry, cancellationToken);
        if (response is { StatusCode: 423, MinExpires: { } minimum } && TimeSpan.FromSeconds(minimum.Seconds) > _expiry)
        {
            _expiry = TimeSpan.FromSeconds(minimum.Seconds); // RFC 3261 section 10.2.8
            response = await SendAsync(_expiry, cancellationToken);
        }

        ThrowUnlessSuccess(response);
        var own = response.Contacts.FirstOrDefault(contact => contact.Uri?.User == _agent.ContactUser);
        return TimeSpan.FromSeconds(own?.Expires ?? response.Expires?.Seconds ?? (int)_expiry.TotalSeconds);
    }

    private Task<SipMessage> SendAsync(TimeSpan expiry, CancellationToken cancellationToken) => _agent.SendAsync(
        (flow, _) => CreateRegister(flow, expiry),
        cancellationToken);

    private SipMessage CreateRegister(SipFlow flow, TimeSpan expiry)
    {
        var request = _agent.CreateRequest(SipMethod.Register, _agent.Domain, _callId, _fromTag, ++_sequence, to: _agent.Identity);
        var seconds = ((int)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        request.Headers.Set(SipHeaderId.Contact, $"<{_agent.ContactOn(flow)}>;expires={seconds}{ImFeatures.Contact}");
        request.Headers.Set(SipHeaderId.Expires, seconds);
        return request;
    }

    private void Enter(RegistrationState state, ImException? failure)
    {
        if (State != state)
        {
            State = state;
            _onChanged(state, failure);
        }
    }

    private static void ThrowUnlessSuccess(SipMessage response)
    {
        if (response.StatusCode is < 200 or > 299)
        {
            throw ImException.FromSip(response.StatusCode, response.ReasonPhrase);
        }
    }
}
