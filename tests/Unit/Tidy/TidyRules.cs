namespace OmaIm.Tests.Unit.Tidy;

/// <summary>The house rules that a machine can check, by name.</summary>
internal static class TidyRules
{
    public static IReadOnlyDictionary<string, Func<SourceFile, IEnumerable<(int Line, string What)>>> All { get; } =
        new Dictionary<string, Func<SourceFile, IEnumerable<(int, string)>>>(StringComparer.Ordinal)
        {
            ["function-length"] = LengthRules.Functions,
            ["file-length"] = LengthRules.Files,
            ["namespace"] = NamespaceRule.Check,
            ["enabler"] = EnablerRule.Check,
            ["unfinished"] = UnfinishedRules.Check,
            ["empty-catch"] = UnfinishedRules.EmptyCatch,
            ["skipped-test"] = UnfinishedRules.SkippedTest,
            ["pragma"] = UnfinishedRules.Pragma,
            ["blocking"] = CallRules.Blocking,
            ["delay"] = CallRules.Delay,
            ["clock"] = CallRules.Clock,
            ["number"] = CallRules.Number,
            ["xml"] = CallRules.Xml,
            ["random"] = CallRules.Random,
        };

    public static IEnumerable<Violation> Check(string rule, SourceFile file) =>
        All[rule](file).Select(found => new Violation(rule, file.Path, found.Line, found.What));
}
