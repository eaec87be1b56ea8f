using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>The data plane belongs to its loop's thread: there is no lock that could be held across a write, because there is none.</summary>
public sealed partial class NoLockTests
{
    [Theory]
    [InlineData("src/Stack/Msrp")]
    [InlineData("src/Stack/Transport/Epoll")]
    [InlineData("src/Switch")]
    public void TheDataPlaneTakesNoLock(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var found = files.SelectMany(file => File.ReadLines(file).Select((line, index) => (Place: $"{Path.GetFileName(file)}:{index + 1}", line)))
            .Where(static found => Lock().IsMatch(found.line)).Select(static found => found.Place + found.line);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("        lock (_gate)", true)]
    [InlineData("Monitor.Enter(x);", true)]
    [InlineData("private readonly Lock _gate = new();", true)]
    [InlineData("new SemaphoreSlim(1)", true)]
    [InlineData("// nothing here is locked", false)]
    [InlineData("Clock(); Block();", false)]
    public void TheScanSeesLocks(string line, bool isLock) => Assert.Equal(isLock, Lock().IsMatch(line));

    [GeneratedRegex(@"\block\s*\(|\bMonitor\.|\bLock\b|\bMutex\b|\bSemaphore|\bSpinLock\b|\bReaderWriterLock|MethodImplOptions\.Synchronized")]
    private static partial Regex Lock();
}
