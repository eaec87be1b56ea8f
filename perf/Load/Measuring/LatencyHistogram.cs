using System.Numerics;

namespace OmaIm.Load.Measuring;

/// <summary>
/// Counts latencies in buckets that are linear within each power of two, as HdrHistogram does: 128 steps, so that a value is known to
/// 0.8 %, in fixed memory and without allocating. The unit is nanoseconds; one thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    /// <summary>Values from here on, 68 s, share the last bucket; the maximum stays exact.</summary>
    private const int LimitBits = 36;

    private readonly long[] _counts = new long[(LimitBits - StepBits + 1) * Steps];

    public long Count { get; private set; }

    /// <summary>The largest value, exactly; 0 when there is none.</summary>
    public long Maximum { get; private set; }

    public void Record(long value)
    {
        value = Math.Max(value, 0);
        _counts[IndexOf(value)]++;
        Count++;
        Maximum = Math.Max(Maximum, value);
    }

    public void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Count += other.Count;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Maximum = 0;
    }

    /// <summary>The value that a share of all values does not exceed: 0.99 gives p99. The upper end of its bucket, 0 when empty.</summary>
    public long ValueAt(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var seen = 0L;
        for (var index = 0; index < _counts.Length && Count > 0; index++)
        {
            seen += _counts[index];
            if (seen >= rank)
            {
                return index == _counts.Length - 1 ? Maximum : Math.Min(UpperEndOf(index), Maximum);
            }
        }

        return Maximum;
    }

    private static int IndexOf(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        if (value >= 1L << LimitBits)
        {
            return ((LimitBits - StepBits + 1) * Steps) - 1;
        }

        var exponent = BitOperations.Log2((ulong)value);
        return ((exponent - StepBits + 1) * Steps) + (int)((value >> (exponent - StepBits)) & (Steps - 1));
    }

    private static long UpperEndOf(int index)
    {
        if (index < Steps)
        {
            return index;
        }

        var shift = (index / Steps) - 1;
        return ((long)(Steps + (index % Steps) + 1) << shift) - 1;
    }
}
