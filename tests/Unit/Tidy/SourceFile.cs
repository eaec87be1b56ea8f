using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>One C# file, from the tree or made up by a test.</summary>
/// <param name="Path">Relative to the root of the repository, with forward slashes.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Areas = ["src", "generators", "perf", "tests"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> Tree = new(Load);

    private readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    /// <summary>Every file that people write; what builds make is left out.</summary>
    public static IReadOnlyList<SourceFile> All => Tree.Value;

    public SyntaxNode Root => _root.Value;

    /// <summary>The folders above the file: <c>src</c>, <c>Server</c>, <c>Rooms</c>.</summary>
    public IReadOnlyList<string> Folders => Path.Split('/')[..^1];

    public bool IsUnder(params string[] folders) => folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static int LineOf(SyntaxNodeOrToken place) => place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;

    private static List<SourceFile> Load() =>
        [.. Areas
            .SelectMany(area => RepositoryFiles.Find(area, "*.cs"))
            .Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path))))];
}
