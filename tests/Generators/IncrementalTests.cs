using Microsoft.CodeAnalysis;
using OmaIm.Generators.Headers;
using Xunit;

namespace OmaIm.Tests.Generators;

/// <summary>What an edit makes run again: nothing but what depends on it.</summary>
public sealed class IncrementalTests
{
    private static readonly string From = GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\"");

    private static readonly string Status = GeneratorRun.HeaderType(
        "StatusHeader", "HeaderProtocol.Msrp, \"Status\"", "class", "\n        public int Unrelated() { return 1; }");

    [Fact]
    public void AnUnrelatedTypeRunsNothingAgain()
    {
        var run = GeneratorRun.Over(From, Status);
        run.AddSource("class Unrelated { }");
        AssertCached(run.ReasonsOf(HeaderGenerator.ParseStep));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Sip"));
        AssertCached(run.OutputReasons());
    }

    [Fact]
    public void AnEditElsewhereInTheSameFileReadsTheTypeAnewButEmitsNothing()
    {
        var run = GeneratorRun.Over(From, Status);
        run.Edit(0, text => "// a comment that moves everything\n\n" + text);

        // The place has moved, so what the parser found differs; the model does not, so the emitter rests.
        Assert.Contains(IncrementalStepRunReason.Modified, run.ReasonsOf(HeaderGenerator.ParseStep));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Sip"));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Msrp"));
        AssertCached(run.ReasonsOf(HeaderGenerator.DiagnosticsStep));
        AssertCached(run.OutputReasons());
    }

    [Fact]
    public void ANewHeaderTypeEmitsTheTablesOfItsProtocolOnly()
    {
        var run = GeneratorRun.Over(From, Status);
        run.AddSource(GeneratorRun.HeaderType("ToHeader", "HeaderProtocol.Sip, \"To\""));
        Assert.Contains(IncrementalStepRunReason.New, run.ReasonsOf(HeaderGenerator.ParseStep));
        Assert.Equal([IncrementalStepRunReason.Modified], run.ReasonsOf(HeaderGenerator.TableStep + "Sip"));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Msrp"));
        Assert.Contains("To,", run.TextOf("SipHeaderId.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedAttributeEmitsAnew()
    {
        var run = GeneratorRun.Over(From, Status);
        run.Edit(0, text => text.Replace("\"From\"", "\"From\", Compact = \"f\"", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified], run.ReasonsOf(HeaderGenerator.TableStep + "Sip"));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Msrp"));
        Assert.Contains("case 'f':", run.TextOf("SipHeaderNames.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedBodyEmitsNothing()
    {
        var run = GeneratorRun.Over(From, Status);
        run.Edit(1, text => text.Replace("return 1;", "return 1 + 1;", StringComparison.Ordinal));
        AssertCached(run.ReasonsOf(HeaderGenerator.ParseStep));
        AssertCached(run.ReasonsOf(HeaderGenerator.TableStep + "Msrp"));
        AssertCached(run.OutputReasons());
    }

    private static void AssertCached(IncrementalStepRunReason[] reasons)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
    }
}
