using OmaIm.Protocols.IsComposing;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Composing;

/// <summary>
/// The composer's half of RFC 3994 section 3.2: says "active" with the first key, again at each refresh while keys come, and "idle" when none
/// has come for a while. A message that is sent says by itself that its writing is over. Lives on the control loop.
/// </summary>
internal sealed class ComposingSender
{
    private readonly ComposingOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<IsComposingDocument> _send;
    private readonly LoopTimer _refresh;
    private readonly LoopTimer _idle;
    private DateTimeOffset _lastKey;
    private string _type = "text/plain";

    /// <param name="loop">The control loop.</param>
    /// <param name="options">Its timers.</param>
    /// <param name="send">Sends a document to the other side; nobody waits for it, and it may be lost.</param>
    public ComposingSender(ControlLoop loop, ComposingOptions options, Action<IsComposingDocument> send)
    {
        _options = options;
        _time = loop.Time;
        _send = send;
        _refresh = loop.CreateTimer(Announce);
        _idle = loop.CreateTimer(FallIdle);
    }

    public ComposingState State { get; private set; }

    /// <summary>A key was pressed, or whatever else shows that something is being written.</summary>
    public void OnTyping(string contentType = "text/plain")
    {
        _lastKey = _time.GetUtcNow();
        _type = contentType;
        _idle.Restart(_options.Idle);
        if (State == ComposingState.Idle)
        {
            State = ComposingState.Active;
            Announce();
        }
    }

    /// <summary>The message that was being written is sent.</summary>
    public void OnMessageSent() => Reset();

    /// <summary>What was written is given up: the other side need not wait for the timer.</summary>
    public void OnCleared()
    {
        if (State == ComposingState.Active)
        {
            FallIdle();
        }
    }

    /// <summary>The conversation is over; nothing more is said.</summary>
    public void Stop() => Reset();

    private void Announce()
    {
        _refresh.Restart(_options.Refresh);
        _send(new IsComposingDocument { State = ComposingState.Active, ComposedType = _type, Refresh = _options.Refresh });
    }

    private void FallIdle()
    {
        Reset();
        _send(new IsComposingDocument { State = ComposingState.Idle, ComposedType = _type, LastActive = _lastKey });
    }

    private void Reset()
    {
        State = ComposingState.Idle;
        _refresh.Cancel();
        _idle.Cancel();
    }
}
