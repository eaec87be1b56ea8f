using OmaIm.Protocols.IsComposing;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Composing;

/// <summary>
/// The receiver's half of RFC 3994 section 3.3, for one peer: active from an "active" until "idle", a message, or the end of the refresh
/// interval without another word. Lives on the control loop.
/// </summary>
internal sealed class ComposingReceiver
{
    private readonly ComposingOptions _options;
    private readonly Action<ComposingState> _changed;
    private readonly LoopTimer _expiry;

    /// <param name="loop">The control loop.</param>
    /// <param name="options">Its timers.</param>
    /// <param name="changed">Hears each change, and changes only.</param>
    public ComposingReceiver(ControlLoop loop, ComposingOptions options, Action<ComposingState> changed)
    {
        _options = options;
        _changed = changed;
        _expiry = loop.CreateTimer(() => Become(ComposingState.Idle));
    }

    public ComposingState State { get; private set; }

    public void OnDocument(IsComposingDocument document)
    {
        if (document.State == ComposingState.Active)
        {
            // A document without refresh means the RFC's default, which is that of the options.
            var refresh = document.Refresh ?? _options.Refresh;
            _expiry.Restart(refresh < _options.LongestBelieved ? refresh : _options.LongestBelieved);
        }

        Become(document.State);
    }

    /// <summary>A message of the peer has come: what he was writing is here.</summary>
    public void OnMessage() => Become(ComposingState.Idle);

    /// <summary>The conversation is over.</summary>
    public void Stop() => Become(ComposingState.Idle);

    private void Become(ComposingState state)
    {
        if (state == ComposingState.Idle)
        {
            _expiry.Cancel();
        }

        if (State != state)
        {
            State = state;
            _changed(state);
        }
    }
}
