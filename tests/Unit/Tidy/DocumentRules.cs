using System.Buffers;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Documents: one title each, and no path that does not exist.</summary>
internal static class DocumentRules
{
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/");

    public static IEnumerable<string> Titles(string text)
    {
        var titles = Lines(text).Count(line => line.StartsWith("# ", StringComparison.Ordinal));
        if (titles != 1)
        {
            yield return $"{titles} titles";
        }
    }

    /// <summary>Words with a slash whose first part is there, seen from a folder above the document, and whose rest is not.</summary>
    /// <param name="text">The document.</param>
    /// <param name="folder">The document's folder, empty for the root.</param>
    /// <param name="exists">Whether a path relative to the root is a file or folder.</param>
    public static IEnumerable<string> DeadPaths(string text, string folder, Func<string, bool> exists)
    {
        var above = Above(folder).ToList();
        foreach (var word in Words(text))
        {
            var bases = above.Where(start => exists(Combine(start, word.Split('/')[0]))).ToList();
            if (bases.Count > 0 && !bases.Exists(start => exists(Combine(start, word))))
            {
                yield return word;
            }
        }
    }

    /// <summary>What could be a path: letters, digits and ._-/ with a slash inside, a full stop at the end cut off.</summary>
    private static IEnumerable<string> Words(string text)
    {
        foreach (var token in text.Split([' ', '\n', '\r', '\t', '`', '"', '\'', '(', ')', '[', ']', ',', ';', ':', '|', '=', '!']))
        {
            var word = token.TrimEnd('.').TrimEnd('/');
            if (word.Contains('/', StringComparison.Ordinal) && !word.StartsWith('/') && !word.AsSpan().ContainsAnyExcept(PathCharacters))
            {
                yield return word.StartsWith("./", StringComparison.Ordinal) ? word[2..] : word;
            }
        }
    }

    /// <summary>The folder, the one above it and so on to the root.</summary>
    private static IEnumerable<string> Above(string folder)
    {
        for (; folder.Length > 0; folder = folder[..Math.Max(0, folder.LastIndexOf('/'))])
        {
            yield return folder;
        }

        yield return "";
    }

    private static string Combine(string folder, string path) => folder.Length == 0 ? path : folder + "/" + path;

    /// <summary>The lines outside of fenced code.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        var isCode = false;
        foreach (var line in text.Split('\n'))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence)
            {
                yield return line;
            }
        }
    }
}
