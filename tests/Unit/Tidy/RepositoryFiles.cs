using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>The files of the checkout without what builds, tests and runs leave behind (.gitignore).</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Ignored = ["bin", "obj", "data", "TestResults", ".git"];

    /// <summary>Paths relative to the root, with forward slashes, in a fixed order.</summary>
    public static IEnumerable<string> Find(string folder, string pattern) =>
        Find(new DirectoryInfo(Path.Combine(Repository.Root, folder)), pattern)
            .Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Find(DirectoryInfo directory, string pattern) =>
        directory.EnumerateFiles(pattern).Concat(directory.EnumerateDirectories()
            .Where(child => !Ignored.Contains(child.Name, StringComparer.Ordinal))
            .SelectMany(child => Find(child, pattern)));
}
