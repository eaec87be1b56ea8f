namespace OmaIm.Server.Core;

/// <summary>The INVITE usages that are not over yet, and who waits for the last of them to end.</summary>
public sealed class SessionCount
{
    private Action? _whenNone;

    public int Open { get; private set; }

    public void Begin() => Open++;

    public void End()
    {
        Open--;
        Tell();
    }

    /// <summary>Calls back once, as soon as no session is open.</summary>
    public void WhenNone(Action callback)
    {
        _whenNone = callback;
        Tell();
    }

    private void Tell()
    {
        if (Open == 0 && _whenNone is { } callback)
        {
            _whenNone = null;
            callback();
        }
    }
}
