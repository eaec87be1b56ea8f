using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>One line of exemptions.txt: a rule that a file may break, and why.</summary>
internal sealed record Exemption(string Rule, string Path, string Reason)
{
    public static IReadOnlyList<Exemption> All { get; } = Parse(File.ReadAllText(System.IO.Path.Combine(Repository.Root, "tests/Unit/Tidy/exemptions.txt")));

    public static IReadOnlyList<Exemption> Parse(string text) =>
        [.. text.Split('\n')
            .Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(fields => fields is [var rule, var path, { Length: > 0 } reason]
                ? new Exemption(rule, path, reason)
                : throw new FormatException("Not \"rule | path | reason\": " + string.Join('|', fields)))];

    public bool Covers(Violation violation) => violation.Rule == Rule && violation.Path == Path;
}
