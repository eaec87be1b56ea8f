namespace OmaIm.Tests.Support;

/// <summary>The checkout that the tests run from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "OmaIm.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("OmaIm.sln was not found above " + AppContext.BaseDirectory);
    }
}
