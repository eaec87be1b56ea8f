using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Nothing is left for later: no notes to self, no stubs, no skipped tests, no swallowed errors, no silenced warnings.</summary>
internal static class UnfinishedRules
{
    private static readonly string[] Notes = ["TODO", "FIXME", "XXX", "HACK"];

    public static IEnumerable<(int Line, string What)> Check(SourceFile file)
    {
        foreach (var trivia in file.Root.DescendantTrivia(descendIntoTrivia: true).Where(IsComment))
        {
            var words = trivia.ToString().Split([.. " \t\r\n/*:;,.!?()<>\"'-"]);
            foreach (var note in words.Intersect(Notes, StringComparer.OrdinalIgnoreCase))
            {
                yield return (trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, note + " in a comment");
            }
        }

        foreach (var name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.Text == "NotImplementedException"))
        {
            yield return (SourceFile.LineOf(name), "a stub");
        }
    }

    /// <summary>Who swallows an exception names it, by type or filter, and says in a comment why it may go unnoticed.</summary>
    public static IEnumerable<(int Line, string What)> EmptyCatch(SourceFile file) =>
        file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
            .Where(clause => clause.Block.Statements.Count == 0)
            .Where(clause => !clause.Block.DescendantTrivia().Any(IsComment) || (clause.Filter is null && clause.Declaration?.Type.ToString() is null or "Exception"))
            .Select(clause => (SourceFile.LineOf(clause), "an empty catch"));

    public static IEnumerable<(int Line, string What)> SkippedTest(SourceFile file) =>
        file.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.Text is "Skip" or "SkipUnless" or "SkipWhen")
            .Select(argument => (SourceFile.LineOf(argument), "a skipped test"));

    public static IEnumerable<(int Line, string What)> Pragma(SourceFile file) =>
        file.Root.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia))
            .Select(trivia => (trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "a silenced warning"));

    // Documentation comments are structured trivia: their text is found inside them.
    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
}
