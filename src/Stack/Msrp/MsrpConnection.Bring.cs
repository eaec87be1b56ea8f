namespace OmaIm.Stack.Msrp;

/// <summary>
/// What reading a frame will touch is brought near in four steps, while others are read (decision 0009): each step finds its addresses in
/// what the one before has brought. All are hints.
/// </summary>
public abstract partial class MsrpConnection
{
    /// <summary>The connection itself.</summary>
    internal void BringSelf() => CacheLines.Bring(this, 5);

    /// <summary>Its input and its first session.</summary>
    internal void BringSession()
    {
        CacheLines.Bring(_input, 2);
        CacheLines.Bring(_sessions.First, 3);
    }

    /// <summary>What the input reads with, and what the session compares with.</summary>
    internal void BringFrame()
    {
        _input.Bring();
        _sessions.First?.Bring();
    }

    /// <summary>What the session's owner will need.</summary>
    internal void BringOwner()
    {
        if (_sessions.First is { } session)
        {
            session.Handler.Expect(session);
        }
    }
}
