using Microsoft.CodeAnalysis.CSharp.Syntax;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Namespace = project name and folders. Only what the language demands elsewhere may stand elsewhere.</summary>
internal static class NamespaceRule
{
    public static IEnumerable<(int Line, string What)> Check(SourceFile file)
    {
        var expected = Expected(file);
        var namespaces = file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().ToList();
        foreach (var found in namespaces)
        {
            // Types that the compiler looks for under this name (IsExternalInit for netstandard2.0).
            if (found.Name.ToString() != expected && found.Name.ToString() != "System.Runtime.CompilerServices")
            {
                yield return (SourceFile.LineOf(found), $"namespace {found.Name} instead of {expected}");
            }
        }

        foreach (var type in file.Root.ChildNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Identifier.Text != "Program"))
        {
            yield return (SourceFile.LineOf(type), $"type {type.Identifier} in no namespace");
        }
    }

    private static string Expected(SourceFile file)
    {
        // src/Protocols/OmaIm.Protocols.csproj: the project stands two folders deep, everywhere.
        var project = Directory.GetFiles(Path.Combine(Repository.Root, file.Folders[0], file.Folders[1]), "*.csproj").Single();
        return string.Join('.', file.Folders.Skip(2).Prepend(Path.GetFileNameWithoutExtension(project)));
    }
}
