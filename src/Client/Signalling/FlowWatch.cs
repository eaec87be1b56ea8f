using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Signalling;

/// <summary>
/// What a dialog does when its connection to the server is lost: nothing for a while. The dialog is not the connection's (RFC 3261 section 12),
/// and goes on over the next one; only when there is none for too long it ends. Lives on the control loop.
/// </summary>
/// <param name="agent">Who has the connection, and makes the next one.</param>
/// <param name="loop">The control loop.</param>
/// <param name="patience">How long there may be none.</param>
/// <param name="restored">Hears of the next one.</param>
/// <param name="givenUp">Hears that there was none for too long; nothing is heard behind that.</param>
internal sealed class FlowWatch(UserAgent agent, ControlLoop loop, TimeSpan patience, Action<SipFlow> restored, Action givenUp)
{
    private TaskCompletionSource? _absence;
    private LoopTimer? _end;
    private bool _isWatching;

    public void Start()
    {
        if (!_isWatching)
        {
            _isWatching = true;
            agent.FlowLost += OnLost;
            agent.FlowRestored += OnRestored;
        }
    }

    public void Stop()
    {
        if (_isWatching)
        {
            _isWatching = false;
            agent.FlowLost -= OnLost;
            agent.FlowRestored -= OnRestored;
            _end?.Cancel();
            _absence?.TrySetResult();
            _absence = null;
        }
    }

    /// <summary>Waits until there is a connection, or none is waited for any more.</summary>
    public Task PresentAsync(CancellationToken cancellationToken) => _absence?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private void OnLost()
    {
        if (_absence is null)
        {
            _absence = new TaskCompletionSource();
            _end = loop.Schedule(patience, OnPatienceOver);
        }
    }

    private void OnRestored(SipFlow flow)
    {
        _end?.Cancel();
        restored(flow);
        _absence?.TrySetResult();
        _absence = null;
    }

    private void OnPatienceOver()
    {
        Stop();
        givenUp();
    }
}
