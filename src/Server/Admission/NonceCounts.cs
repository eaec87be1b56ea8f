namespace OmaIm.Server.Admission;

/// <summary>
/// The highest nonce count used with each nonce (RFC 7616 section 3.4.6): each count may be used once, and only upwards.
/// Only a proven user makes an entry. A full table forgets its oldest entry and from then on refuses every nonce of that age,
/// so that forgetting never allows a replay.
/// </summary>
public sealed class NonceCounts(int maximumEntries, TimeSpan lifetime)
{
    private readonly Dictionary<string, uint> _highest = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, long Issued)> _order = new();
    private long _forgotten = -1;

    public int Count => _highest.Count;

    /// <summary>Takes a count; false when it was used before, or may have been.</summary>
    /// <param name="nonce">A valid nonce.</param>
    /// <param name="issued">Its time of issue in milliseconds.</param>
    /// <param name="count">The nonce count of the request.</param>
    /// <param name="now">The time on the same clock as <paramref name="issued"/>.</param>
    public bool TryUse(string nonce, long issued, uint count, long now)
    {
        RemoveExpired(now);
        if (_highest.TryGetValue(nonce, out var highest))
        {
            if (count <= highest)
            {
                return false;
            }

            _highest[nonce] = count;
            return true;
        }

        if (issued <= _forgotten || count == 0)
        {
            return false;
        }

        if (_highest.Count >= maximumEntries)
        {
            Forget();
        }

        _highest.Add(nonce, count);
        _order.Enqueue((nonce, issued));
        return true;
    }

    private void RemoveExpired(long now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.Issued > lifetime.TotalMilliseconds)
        {
            _order.Dequeue();
            _highest.Remove(oldest.Nonce);
        }
    }

    private void Forget()
    {
        var oldest = _order.Dequeue();
        _highest.Remove(oldest.Nonce);
        _forgotten = Math.Max(_forgotten, oldest.Issued);
    }
}
