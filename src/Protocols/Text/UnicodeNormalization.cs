using System.Globalization;
using System.Text;

namespace OmaIm.Protocols.Text;

/// <summary>
/// Normalization form KC (UAX #15). Our processes run without ICU (InvariantGlobalization), and there string.Normalize returns
/// what it is given.
/// </summary>
internal static class UnicodeNormalization
{
    private static readonly Lazy<Tables> Data = new(Tables.Load);

    public static string FormKC(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var tables = Data.Value;
        List<int> points = [];
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(tables, rune.Value, points);
        }

        Reorder(tables, points);
        Compose(tables, points);
        var composed = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            composed.Append(char.ConvertFromUtf32(point));
        }

        return composed.ToString();
    }

    /// <summary>The canonical combining class; 9 marks the viramas.</summary>
    public static int CombiningClass(int point) => Data.Value.ClassOf(point);

    private static void Decompose(Tables tables, int point, List<int> output)
    {
        if (Hangul.TryDecompose(point, output))
        {
            return;
        }

        if (!tables.Decompositions.TryGetValue(point, out var parts))
        {
            output.Add(point);
            return;
        }

        // Goes down at most four steps: the table has no longer chain.
        foreach (var part in parts)
        {
            Decompose(tables, part, output);
        }
    }

    /// <summary>Canonical ordering: marks between two starters are sorted by class, stable.</summary>
    private static void Reorder(Tables tables, List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var combining = tables.ClassOf(points[i]);
            for (var j = i; combining != 0 && j > 0 && tables.ClassOf(points[j - 1]) > combining; j--)
            {
                (points[j - 1], points[j]) = (points[j], points[j - 1]);
            }
        }
    }

    /// <summary>Canonical composition: each character joins the last starter unless something between blocks it.</summary>
    private static void Compose(Tables tables, List<int> points)
    {
        var starter = -1;
        var lastClass = -1;
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var combining = tables.ClassOf(point);
            if (starter >= 0 && lastClass < combining && TryJoin(tables, points[starter], point, out var joined))
            {
                points[starter] = joined;
                continue;
            }

            if (combining == 0)
            {
                starter = kept;
                lastClass = -1;
            }
            else
            {
                lastClass = combining;
            }

            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static bool TryJoin(Tables tables, int first, int second, out int joined) =>
        Hangul.TryCompose(first, second, out joined) || tables.Compositions.TryGetValue((first, second), out joined);

    /// <summary>Hangul syllables are arithmetic (The Unicode Standard, section 3.12).</summary>
    private static class Hangul
    {
        private const int S = 0xAC00, L = 0x1100, V = 0x1161, T = 0x11A7, LCount = 19, VCount = 21, TCount = 28;
        private const int SCount = LCount * VCount * TCount;

        public static bool TryDecompose(int point, List<int> output)
        {
            var index = point - S;
            if ((uint)index >= SCount)
            {
                return false;
            }

            output.Add(L + (index / (VCount * TCount)));
            output.Add(V + (index / TCount % VCount));
            if (index % TCount != 0)
            {
                output.Add(T + (index % TCount));
            }

            return true;
        }

        public static bool TryCompose(int first, int second, out int joined)
        {
            joined = 0;
            if ((uint)(first - L) < LCount && (uint)(second - V) < VCount)
            {
                joined = S + ((((first - L) * VCount) + second - V) * TCount);
            }
            else if ((uint)(first - S) < SCount && (first - S) % TCount == 0 && second > T && second < T + TCount)
            {
                joined = first + second - T;
            }

            return joined != 0;
        }
    }

    private sealed class Tables
    {
        private readonly Dictionary<int, int> _classes = [];

        public Dictionary<int, int[]> Decompositions { get; } = [];

        public Dictionary<(int First, int Second), int> Compositions { get; } = [];

        public int ClassOf(int point) => _classes.GetValueOrDefault(point);

        public static Tables Load()
        {
            var tables = new Tables();
            using var stream = typeof(UnicodeNormalization).Assembly.GetManifestResourceStream("UnicodeNormalization.txt")!;
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                {
                    tables.Add(line.Split(' '));
                }
            }

            return tables;
        }

        private void Add(string[] fields)
        {
            if (fields[1] is "=" or ">")
            {
                var point = Hex(fields[0]);
                var parts = Decompositions[point] = Array.ConvertAll(fields[2..], Hex);
                if (fields[1] == "=")
                {
                    Compositions[(parts[0], parts[1])] = point;
                }

                return;
            }

            var range = fields[0].Split('-');
            for (var point = Hex(range[0]); point <= Hex(range[^1]); point++)
            {
                _classes[point] = Convert.ToInt32(fields[1], CultureInfo.InvariantCulture);
            }
        }

        private static int Hex(string text) => Convert.ToInt32(text, 16);
    }
}
