namespace OmaIm.Stack.Msrp;

/// <summary>The sessions of one connection: nearly always one, so that a second one alone costs a list.</summary>
internal struct MsrpSessionList
{
    private List<MsrpSession>? _others;

    /// <summary>The session that is looked at first; null when there is none.</summary>
    public MsrpSession? First { get; private set; }

    public readonly int Count => First is null ? 0 : 1 + (_others?.Count ?? 0);

    public readonly MsrpSession this[int index] => index == 0 ? First! : _others![index - 1];

    public void Add(MsrpSession session)
    {
        if (First is null)
        {
            First = session;
        }
        else
        {
            (_others ??= []).Add(session);
        }
    }

    public void Remove(MsrpSession session)
    {
        if (First == session)
        {
            First = _others is { Count: > 0 } ? _others[^1] : null;
            _others?.Remove(First!);
        }
        else
        {
            _others?.Remove(session);
        }
    }

    /// <summary>Ends all of them; each finds the list empty already.</summary>
    public void End(MsrpCloseReason reason)
    {
        var (first, others) = (First, _others);
        First = null;
        _others = null;
        first?.End(reason);
        others?.ForEach(session => session.End(reason));
    }
}
