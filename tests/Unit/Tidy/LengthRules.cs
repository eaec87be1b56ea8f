using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>A function has at most 70 lines, a file at most 500. Corpora, baselines and tables of data are not counted.</summary>
internal static class LengthRules
{
    public const int MaximumFunction = 70;
    public const int MaximumFile = 500;

    public static IEnumerable<(int Line, string What)> Files(SourceFile file)
    {
        var lines = file.Text.Count(character => character == '\n');
        if (lines > MaximumFile && !file.Folders.Contains("Corpus", StringComparer.Ordinal) && !file.Folders.Contains("Baselines", StringComparer.Ordinal))
        {
            yield return (1, $"a file of {lines} lines");
        }
    }

    public static IEnumerable<(int Line, string What)> Functions(SourceFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            if (FirstToken(node) is { } start && Lines(file, start.SpanStart, node.Span.End) is var lines and > MaximumFunction)
            {
                yield return (SourceFile.LineOf(start), $"a function of {lines} lines");
            }
        }

        // Top-level statements are one function.
        var statements = file.Root.ChildNodes().OfType<GlobalStatementSyntax>().ToList();
        if (statements.Count > 0 && Lines(file, statements[0].SpanStart, statements[^1].Span.End) is var all and > MaximumFunction)
        {
            yield return (SourceFile.LineOf(statements[0]), $"top-level statements of {all} lines");
        }
    }

    /// <summary>Where a function begins, its attributes not counted; null for what is no function.</summary>
    private static SyntaxToken? FirstToken(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => Behind(method.AttributeLists, node),
        AccessorDeclarationSyntax accessor => Behind(accessor.AttributeLists, node),
        LocalFunctionStatementSyntax local => Behind(local.AttributeLists, node),
        _ => null,
    };

    private static SyntaxToken Behind(SyntaxList<AttributeListSyntax> attributes, SyntaxNode node) =>
        attributes.Count == 0 ? node.GetFirstToken() : attributes.Last().GetLastToken().GetNextToken();

    private static int Lines(SourceFile file, int start, int end)
    {
        var span = file.Root.SyntaxTree.GetLineSpan(TextSpan.FromBounds(start, end));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
