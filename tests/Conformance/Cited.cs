using System.Text.RegularExpressions;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Conformance;

/// <summary>
/// The sections of RFCs that the sources cite, each as "RFC 3261 10.3". A "section" without a number of its own RFC belongs to the one that the
/// file named last; "sections 7.5 and 18.3" are two.
/// </summary>
internal static partial class Cited
{
    public static IEnumerable<string> Sections() => Sources().SelectMany(SectionsOf).Distinct();

    public static IEnumerable<string> Rfcs() => Sources().SelectMany(static text => Rfc().Matches(text)).Select(static match => match.Value).Distinct();

    internal static IEnumerable<string> SectionsOf(string text)
    {
        var rfc = "";
        foreach (Match match in Citation().Matches(CommentBreak().Replace(text, " ")))
        {
            if (match.Groups["rfc"] is { Success: true } named)
            {
                rfc = named.Value;
            }
            else if (rfc.Length > 0)
            {
                foreach (Match number in Number().Matches(match.Value))
                {
                    yield return $"RFC {rfc} {number.Value}";
                }
            }
        }
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    [GeneratedRegex(@"\bRFC \d{4}\b")]
    private static partial Regex Rfc();

    [GeneratedRegex(@"\bRFC (?<rfc>\d{4})\b|\b[Ss]ections? \d+(\.\d+)*((, and |, | and )\d+(\.\d+)*)*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d+(\.\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\r?\n\s*///? ?")]
    private static partial Regex CommentBreak();
}
