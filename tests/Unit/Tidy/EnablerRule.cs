using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>
/// An enabler folder of Server uses Core and itself, never a sibling: siblings meet through an interface in Core. Only the
/// composition root knows them all.
/// </summary>
internal static class EnablerRule
{
    private const string CompositionRoot = "src/Server/ImServer.cs";
    private const string Server = "OmaIm.Server.";

    private static readonly Lazy<IReadOnlySet<string>> Enablers = new(() => SourceFile.All
        .Where(file => file.IsUnder("src/Server") && file.Folders.Count > 2)
        .Select(file => file.Folders[2])
        .ToHashSet(StringComparer.Ordinal));

    public static IEnumerable<(int Line, string What)> Check(SourceFile file)
    {
        if (!file.IsUnder("src/Server") || file.Path == CompositionRoot)
        {
            yield break;
        }

        var own = file.Folders.Count > 2 ? file.Folders[2] : "Core";
        foreach (var name in file.Root.DescendantNodes().OfType<QualifiedNameSyntax>())
        {
            var text = name.ToString();
            var isAbsolute = text.StartsWith(Server, StringComparison.Ordinal);
            var enabler = (isAbsolute ? text[Server.Length..] : text).Split('.')[0];

            // "Rooms.Room" reaches a sibling without a using line; other relative names begin with no enabler's name.
            var isEnabler = isAbsolute || (Enablers.Value.Contains(enabler) && name.Parent is not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax));
            var isOutermost = name.Parent is not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax);
            if (isOutermost && isEnabler && enabler != "Core" && enabler != own)
            {
                yield return (SourceFile.LineOf(name), $"{own} uses {enabler}");
            }
        }
    }
}
