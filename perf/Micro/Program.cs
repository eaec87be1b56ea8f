using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OmaIm.Micro.Budget;

return args switch
{
    ["--budget"] => BudgetCommand.Check(Console.Out),
    ["--write-budget"] => BudgetCommand.Write(Console.Out),
    _ => Benchmark(args),
};

// In this process, which compiles at full speed from the first call: another would have to build the whole product first.
// What it writes stays beside the program, out of the source tree.
static int Benchmark(string[] args)
{
    var config = DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault())
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
    return BenchmarkSwitcher.FromAssembly(typeof(BudgetCommand).Assembly).Run(args, config).Any() ? 0 : 1;
}
