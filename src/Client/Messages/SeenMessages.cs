namespace OmaIm.Client.Messages;

/// <summary>
/// Who sent which ids lately, so that a message which is delivered again, because its acknowledgement was lost, is shown once
/// (RFC 4975 section 5.4). Lives on the control loop.
/// </summary>
internal sealed class SeenMessages
{
    /// <summary>Ids remembered: more than anybody has under way, and 100 KB at most.</summary>
    private const int Capacity = 1000;

    private readonly HashSet<(string From, string Id)> _seen = [];
    private readonly Queue<(string From, string Id)> _order = new();

    /// <summary>Notes an id; false when it was here before.</summary>
    public bool TryAdd(string from, string id)
    {
        if (!_seen.Add((from, id)))
        {
            return false;
        }

        _order.Enqueue((from, id));
        if (_order.Count > Capacity)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }

    /// <summary>The message was not kept after all: it may come again.</summary>
    public void Forget(string from, string id) => _seen.Remove((from, id));
}
