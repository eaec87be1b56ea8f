using Xunit;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>For tests that weigh the heap: it belongs to the whole process, so they run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
