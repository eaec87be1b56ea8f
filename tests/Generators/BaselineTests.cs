using System.Runtime.CompilerServices;
using Xunit;

namespace OmaIm.Tests.Generators;

/// <summary>
/// The emitted text for a few headers beside what it is expected to be, in Baselines/*.generated.txt; these files are also
/// the samples to read. After a wanted change set OMAIM_ACCEPT_BASELINES=1 for one run and look at the difference.
/// </summary>
public sealed class BaselineTests
{
    private static readonly string[] Headers =
    [
        GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\", Compact = \"f\", Order = 40"),
        GeneratorRun.HeaderType("ViaHeader", "HeaderProtocol.Sip, \"Via\", Compact = \"v\", Cardinality = HeaderCardinality.List, Order = 0"),
        GeneratorRun.HeaderType("PAssertedIdentityHeader", "HeaderProtocol.Sip, \"P-Asserted-Identity\", Cardinality = HeaderCardinality.List"),
        GeneratorRun.HeaderType("AuthorizationHeader", "HeaderProtocol.Sip, \"Authorization\", Cardinality = HeaderCardinality.Lines"),
        GeneratorRun.HeaderType("SupportedHeader", "HeaderProtocol.Sip, \"Supported\", Compact = \"k\", Cardinality = HeaderCardinality.Joined"),
        GeneratorRun.HeaderType("ToPathHeader", "HeaderProtocol.Msrp, \"To-Path\", Order = 0"),
        GeneratorRun.HeaderType("ByteRange", "HeaderProtocol.Msrp, \"Byte-Range\"", "struct", " public ByteRange() { }"),
    ];

    [Theory]
    [InlineData("SipHeaderId")]
    [InlineData("SipHeaderNames")]
    [InlineData("SipMessage.Headers")]
    [InlineData("MsrpHeaderId")]
    [InlineData("MsrpHeaderNames")]
    [InlineData("MsrpHeaderSlots")]
    public void TheEmittedTextIsTheBaseline(string file)
    {
        var text = GeneratorRun.Over(Headers).TextOf(file + ".g.cs");
        var path = Path.Combine(Folder(), "Baselines", file + ".generated.txt");
        if (Environment.GetEnvironmentVariable("OMAIM_ACCEPT_BASELINES") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void EveryEmittedFileHasABaselineAndTheOrderOfTypesDoesNotMatter()
    {
        var run = GeneratorRun.Over(Headers);
        var reversed = GeneratorRun.Over([.. Headers.Reverse()]);
        var baselines = Directory.GetFiles(Path.Combine(Folder(), "Baselines")).Select(path => Path.GetFileName(path)!);
        Assert.Equal(
            baselines.Order(StringComparer.Ordinal),
            run.Result.GeneratedSources.Select(source => source.HintName.Replace(".g.cs", ".generated.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(run.Result.GeneratedSources, source => Assert.Equal(source.SourceText.ToString(), reversed.TextOf(source.HintName)));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
