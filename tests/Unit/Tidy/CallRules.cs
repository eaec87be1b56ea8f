using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Calls that are wrong wherever they stand, or in some projects. Found by their names: Type.Member.</summary>
internal static class CallRules
{
    private static readonly string[] Integers =
        ["int", "uint", "long", "ulong", "short", "ushort", "byte", "sbyte", "Int32", "UInt32", "Int64", "UInt64", "Int16", "UInt16", "Byte"];

    /// <summary>Nobody waits with a thread in his hands, neither in the product nor in tests. Tasks are known by their names.</summary>
    public static IEnumerable<(int Line, string What)> Blocking(SourceFile file) =>
        Find(file, access => access is ("Thread", "Sleep") or ("GetAwaiter", "GetResult") or ("Task", "WaitAll" or "WaitAny")
            || (access.Member is "Result" or "Wait" && IsTask(access.Type)));

    private static bool IsTask(string name) =>
        name.EndsWith("Async", StringComparison.Ordinal) || name.Contains("Task", StringComparison.OrdinalIgnoreCase);

    /// <summary>Timers go through TimeProvider and the control loop.</summary>
    public static IEnumerable<(int Line, string What)> Delay(SourceFile file) =>
        file.IsUnder("src") ? Find(file, access => access is ("Task", "Delay")) : [];

    /// <summary>Time comes from TimeProvider alone; Protocols does not know the time at all.</summary>
    public static IEnumerable<(int Line, string What)> Clock(SourceFile file) =>
        file.IsUnder("src/Protocols", "src/Stack", "src/Switch", "src/Server")
            ? Find(file, access => access is
                ("DateTime" or "DateTimeOffset", "Now" or "UtcNow" or "Today") or
                ("Environment", "TickCount" or "TickCount64") or
                ("Stopwatch", "StartNew" or "GetTimestamp"))
            : [];

    /// <summary>int.TryParse takes " 5", "+5" and "5\0": numbers on the wire go through Digits.</summary>
    public static IEnumerable<(int Line, string What)> Number(SourceFile file) =>
        file.IsUnder("src/Protocols")
            ? Find(file, access => access.Member is "Parse" or "TryParse" && Integers.Contains(access.Type, StringComparer.Ordinal))
            : [];

    /// <summary>XML of strangers goes through SafeXml; the parsers named here expand entities.</summary>
    public static IEnumerable<(int Line, string What)> Xml(SourceFile file)
    {
        if (file.Path == "src/Protocols/Text/SafeXml.cs")
        {
            return [];
        }

        // A test may load a file of the repository.
        var isProduct = !file.IsUnder("tests");
        return Find(file, access => access is ("XDocument" or "XElement", "Parse")
                || (isProduct && access is ("XDocument" or "XElement" or "XmlReader", "Load" or "LoadAsync" or "Create")))
            .Concat(file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.Text is "XmlDocument" or "XmlTextReader" or "XPathDocument")
                .Select(name => (SourceFile.LineOf(name), name.Identifier.Text)));
    }

    /// <summary>Identifiers are secrets here (session-ids, tags, nonces): they come from the cryptographic generator.</summary>
    public static IEnumerable<(int Line, string What)> Random(SourceFile file) =>
        !file.IsUnder("src")
            ? []
            : Find(file, access => access is ("Guid", "NewGuid" or "CreateVersion7") or ("Random", "Shared"))
                .Concat(file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
                    .Where(creation => creation.Type.ToString() is "Random" or "System.Random")
                    .Select(creation => (SourceFile.LineOf(creation), "new Random")));

    private static IEnumerable<(int Line, string What)> Find(SourceFile file, Func<(string Type, string Member), bool> isBanned) =>
        file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => isBanned((LastName(access.Expression), access.Name.Identifier.Text)))
            .Select(access => (SourceFile.LineOf(access), $"{LastName(access.Expression)}.{access.Name}"));

    /// <summary>The last word before the dot: System.DateTime and DateTime alike, and the method of a call.</summary>
    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        PredefinedTypeSyntax type => type.Keyword.Text,
        InvocationExpressionSyntax call => LastName(call.Expression),
        _ => string.Empty,
    };
}
