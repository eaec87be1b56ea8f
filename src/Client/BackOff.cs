using System.Security.Cryptography;

namespace OmaIm.Client;

/// <summary>
/// Growing waits between attempts, jittered so that a thousand clients of one restarted server do not return in the same second
/// (the rule of RFC 5626 section 4.5: a random wait between half and the whole of an upper bound that doubles).
/// </summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private int _attempts;

    public TimeSpan Next()
    {
        // 2^30 halves overflow no TimeSpan of seconds, and the longest wait is reached long before.
        var doubled = first * (1 << Math.Min(_attempts++, 30));
        var bound = doubled < longest ? doubled : longest;
        var jitter = RandomNumberGenerator.GetInt32(500, 1001) / 1000.0;
        return bound * jitter;
    }

    public void Reset() => _attempts = 0;
}
