namespace OmaIm.Client.Messages;

/// <summary>
/// Who sent which ids lately, so that a message which is delivered again, because its acknowledgement was lost, is shown once
/// (RFC 4975 section 5.4). Lives on the control loop.
/// </summary>
internal sealed class SeenMessages
{
    /// <summary>Ids remembered: more than anybody has under way, and 100 KB at most.</summary>
    private const int Capacity = 1000;

    private readonly Dictionary<(string From, string Id), LinkedListNode<(string From, string Id)>> _seen = [];
    private readonly LinkedList<(string From, string Id)> _order = new();
    private readonly Dictionary<(string From, string Id), Task<Keeping>> _underWay = [];

    /// <summary>
    /// Has a message taken once. One that comes again while the first is still being taken waits for what becomes of that: until then nobody knows
    /// whether there is anything to acknowledge.
    /// </summary>
    /// <param name="from">Who sent it.</param>
    /// <param name="id">What he calls it.</param>
    /// <param name="take">Takes it; what fails may come again.</param>
    public async Task<Keeping> TakeOnceAsync(string from, string id, Func<Task<Keeping>> take)
    {
        if (!TryAdd(from, id))
        {
            return _underWay.TryGetValue((from, id), out var first) && await first == Keeping.Failed ? Keeping.Failed : Keeping.Duplicate;
        }

        var taking = take();
        _underWay[(from, id)] = taking;
        try
        {
            var kept = await taking;
            if (kept == Keeping.Failed)
            {
                Forget(from, id);
            }

            return kept;
        }
        finally
        {
            _underWay.Remove((from, id));
        }
    }

    /// <summary>Remembers a message that was not kept in time, but after all; false when a copy of it has come meanwhile.</summary>
    public bool TryAdd(string from, string id)
    {
        if (_seen.ContainsKey((from, id)))
        {
            return false;
        }

        _seen.Add((from, id), _order.AddLast((from, id)));
        if (_order.Count > Capacity)
        {
            var (oldestFrom, oldestId) = _order.First!.Value;
            Forget(oldestFrom, oldestId);
        }

        return true;
    }

    /// <summary>The message was not kept after all: it may come again.</summary>
    public void Forget(string from, string id)
    {
        if (_seen.Remove((from, id), out var place))
        {
            _order.Remove(place); // else it would take the place of the copy that comes again, and let that be forgotten early
        }
    }
}
