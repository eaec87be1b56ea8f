using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <content>When the owner cannot take what the peer says: it waits in memory, within a limit, and then in TCP where nobody waits with it.</content>
public sealed partial class MsrpSession
{
    private bool _defersContent;
    private DeferredFrames? _deferred;
    private bool _isHolding;

    /// <summary>
    /// Whether nobody else waits while the bound session's peer is not read: his connection carries no other session, and brings none, as a
    /// relay's would.
    /// </summary>
    public bool IsAlone => Connection is { CarriesOneSession: true } && !IsBehindRelay;

    /// <summary>
    /// Whether the owner cannot take content at present: frames that have some, or report on some, wait in the loop's memory until this is
    /// false, up to <see cref="MsrpLoopOptions.DeferredBytes"/>. What is more stays unread, if the session <see cref="IsAlone"/>, and else
    /// comes to the owner, who refuses it. For the loop's thread.
    /// </summary>
    public bool DefersContent
    {
        get => _defersContent;
        set
        {
            if (value == _defersContent)
            {
                return;
            }

            _defersContent = value;
            if (value)
            {
                // What is still unread behind frames that wait would do so for longer now.
                if (_isHolding && !IsAlone)
                {
                    Unhold();
                }
            }
            else if (_deferred is null)
            {
                Unhold();
            }
            else
            {
                Loop.Post(TakeDeferred);
            }
        }
    }

    /// <summary>Whether <paramref name="frame"/> cannot come to its owner now, or only behind others that wait.</summary>
    internal bool Defers(in MsrpFrame frame) =>
        (_defersContent || _deferred is not null) && frame.IsFirstPiece
        && (_deferred is not null || frame.HasBody || frame.Method == MsrpMethod.Report);

    /// <summary>Keeps a whole frame, as it came in, until the owner can take it; false when it is too much.</summary>
    internal bool TryPutAside(in MsrpFrame frame, ReadOnlySpan<byte> bytes)
    {
        var deferred = _deferred ?? new DeferredFrames(this);
        if (!frame.IsLastPiece || !deferred.TryAdd(bytes))
        {
            return false;
        }

        _deferred = deferred;
        return true;
    }

    /// <summary>
    /// Has the connection read no further until the owner takes content; false when other sessions would wait with this one for longer than
    /// it takes to hand over what waits.
    /// </summary>
    internal bool TryHold()
    {
        if (_defersContent && !IsAlone)
        {
            return false;
        }

        _isHolding = true;
        Connection!.Hold();
        return true;
    }

    private void TakeDeferred()
    {
        if (_defersContent || _deferred is not { } deferred)
        {
            return;
        }

        if (deferred.Take())
        {
            _deferred = null;
            Unhold();
        }
        else if (!_defersContent)
        {
            Loop.PostAfterFlush(TakeDeferred);
        }
    }

    private void ForgetDeferred()
    {
        Unhold();
        _deferred?.Clear();
        _deferred = null;
    }

    private void Unhold()
    {
        if (_isHolding)
        {
            _isHolding = false;
            Connection!.Release();
        }
    }
}
