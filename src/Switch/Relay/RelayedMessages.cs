namespace OmaIm.Switch.Relay;

/// <summary>The messages that one leg has begun and not ended.</summary>
internal sealed class RelayedMessages(int maximum)
{
    // The first ones are open, those behind them wait to be used again.
    private readonly List<RelayedMessage> _messages = [];

    public int Count { get; private set; }

    public RelayedMessage this[int index] => _messages[index];

    public RelayedMessage? Find(in MessageKey id)
    {
        for (var i = 0; i < Count; i++)
        {
            if (MessageKey.Equals(_messages[i].Id, id))
            {
                return _messages[i];
            }
        }

        return null;
    }

    /// <summary>Another one, to be begun; null when there are too many. One that is refused anyway makes room.</summary>
    public RelayedMessage? Open()
    {
        if (Count == maximum)
        {
            for (var i = 0; i < Count; i++)
            {
                if (_messages[i].IsRefused)
                {
                    return _messages[i];
                }
            }

            return null;
        }

        if (Count == _messages.Count)
        {
            _messages.Add(new RelayedMessage());
        }

        return _messages[Count++];
    }

    public void Close(RelayedMessage message)
    {
        var index = _messages.IndexOf(message, 0, Count);
        var last = --Count;
        (_messages[index], _messages[last]) = (_messages[last], message);
    }

    public void Clear() => Count = 0;
}
