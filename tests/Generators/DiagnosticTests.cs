using Microsoft.CodeAnalysis;
using Xunit;

namespace OmaIm.Tests.Generators;

/// <summary>One test for each mistake that an attributed type can make.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Call ID")]
    [InlineData("1-Call")]
    [InlineData("Call:")]
    [InlineData("Ünïcode")]
    public void AHeaderNameIsAToken(string name)
        => Assert.Equal(["OMAIM001"], DiagnosticsOf(GeneratorRun.HeaderType("CallHeader", $"HeaderProtocol.Sip, \"{name}\"")));

    [Theory]
    [InlineData("HeaderProtocol.Sip", "ab")]
    [InlineData("HeaderProtocol.Sip", "")]
    [InlineData("HeaderProtocol.Sip", "F")]
    [InlineData("HeaderProtocol.Sip", "1")]
    [InlineData("HeaderProtocol.Msrp", "f")]
    public void ACompactFormIsALowerCaseLetterOfSip(string protocol, string compact)
        => Assert.Equal(["OMAIM002"], DiagnosticsOf(GeneratorRun.HeaderType("FromHeader", $"{protocol}, \"From\", Compact = \"{compact}\"")));

    [Theory]
    [InlineData("")]
    [InlineData("public static bool TryParse(string value, out FromHeader? header) { header = null; return false; }")]
    [InlineData("public bool TryParse(System.ReadOnlySpan<byte> value, out FromHeader? header) { header = null; return false; }")]
    [InlineData("public static bool TryParse(System.ReadOnlySpan<byte> value, out string? header) { header = null; return false; }")]
    [InlineData("public static FromHeader? TryParse(System.ReadOnlySpan<byte> value, out FromHeader? header) => header = null;")]
    [InlineData("private static bool TryParse(System.ReadOnlySpan<byte> value, out FromHeader? header) { header = null; return false; }")]
    public void AHeaderTypeReadsItself(string method)
        => Assert.Equal(["OMAIM003"], DiagnosticsOf($"[OmaIm.Protocols.Text.Header(OmaIm.Protocols.Text.HeaderProtocol.Sip, \"From\")] public class FromHeader {{ {method} }}"));

    [Theory]
    [InlineData("HeaderProtocol.Sip, \"from\"")]
    [InlineData("HeaderProtocol.Sip, \"Fromage\", Compact = \"f\"")]
    public void ANameBelongsToOneType(string second)
        => Assert.Equal(["OMAIM004"], DiagnosticsOf(
            GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\", Compact = \"f\""),
            GeneratorRun.HeaderType("OtherHeader", second)));

    [Fact]
    public void OneNameMayBelongToATypeOfEachProtocol()
        => Assert.Empty(DiagnosticsOf(
            GeneratorRun.HeaderType("ExpiresHeader", "HeaderProtocol.Sip, \"Expires\""),
            GeneratorRun.HeaderType("MsrpExpires", "HeaderProtocol.Msrp, \"Expires\"", "struct", " public MsrpExpires() { }")));

    [Fact]
    public void AnIdBelongsToOneType()
        => Assert.Equal(["OMAIM005"], DiagnosticsOf(
            GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\""),
            GeneratorRun.HeaderType("From", "HeaderProtocol.Sip, \"X-From\"")));

    [Fact]
    public void AHeaderTypeIsNotNested()
        => Assert.Equal(["OMAIM006"], DiagnosticsOf(
            "class Outer { [OmaIm.Protocols.Text.Header(OmaIm.Protocols.Text.HeaderProtocol.Sip, \"From\")] public class FromHeader " +
            "{ public static bool TryParse(System.ReadOnlySpan<byte> value, out FromHeader? header) { header = null; return false; } } }"));

    [Fact]
    public void ASipHeaderIsAClass()
        => Assert.Equal(["OMAIM006"], DiagnosticsOf(
            GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\"", "struct", " public FromHeader() { }")));

    [Fact]
    public void AnMsrpHeaderStandsOnce()
        => Assert.Equal(["OMAIM006"], DiagnosticsOf(
            GeneratorRun.HeaderType("StatusHeader", "HeaderProtocol.Msrp, \"Status\", Cardinality = HeaderCardinality.List")));

    [Fact]
    public void ADiagnosticIsAnErrorAtTheAttribute()
    {
        var run = GeneratorRun.Over(GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"Fr om\""));
        var diagnostic = Assert.Single(run.Result.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains("'FromHeader'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("Source1.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(5, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void ATypeWithAMistakeIsLeftOutAndTheOthersStay()
    {
        var run = GeneratorRun.Over(
            GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\""),
            GeneratorRun.HeaderType("ToHeader", "HeaderProtocol.Sip, \"T o\""));
        Assert.Contains("From,", run.TextOf("SipHeaderId.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("To,", run.TextOf("SipHeaderId.g.cs"), StringComparison.Ordinal);
    }

    private static string[] DiagnosticsOf(params string[] sources) => GeneratorRun.Over(sources).Diagnostics;
}
