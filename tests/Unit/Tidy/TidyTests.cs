using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

public sealed class TidyTests
{
    /// <summary>How many exemptions there may be. Lower it when one goes; raising it needs a better reason than the last one had.</summary>
    private const int MaximumExemptions = 1;

    public static TheoryData<string> Rules => new(TidyRules.All.Keys);

    [Theory]
    [MemberData(nameof(Rules))]
    public void TheTreeKeepsTheRule(string rule)
    {
        var violations = SourceFile.All
            .SelectMany(file => TidyRules.Check(rule, file))
            .Where(violation => !Exemption.All.Any(exemption => exemption.Covers(violation)))
            .ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void EveryExemptionIsStillNeeded()
    {
        foreach (var exemption in Exemption.All)
        {
            Assert.True(TidyRules.All.ContainsKey(exemption.Rule), "No such rule: " + exemption.Rule);
            var file = Assert.Single(SourceFile.All, file => file.Path == exemption.Path);
            Assert.True(TidyRules.Check(exemption.Rule, file).Any(), $"Take {exemption.Path} off the list: it keeps the rule {exemption.Rule}.");
        }
    }

    [Fact]
    public void TheListOfExemptionsOnlyShrinks() => Assert.InRange(Exemption.All.Count, 0, MaximumExemptions);

    [Fact]
    public void AnExemptionNeedsAReason()
    {
        Assert.Equal([new Exemption("pragma", "src/A.cs", "why")], Exemption.Parse("# comment\n\npragma | src/A.cs | why\n"));
        Assert.Throws<FormatException>(() => Exemption.Parse("pragma | src/A.cs"));
        Assert.Throws<FormatException>(() => Exemption.Parse("pragma | src/A.cs | "));
    }

    [Fact]
    public void TheWholeTreeIsLookedAt()
    {
        foreach (var area in new[] { "src/Protocols", "src/Stack", "src/Switch", "src/Server", "src/Client", "src/Cli", "src/Appliance", "generators/Headers", "perf/Load", "tests/Unit" })
        {
            Assert.Contains(SourceFile.All, file => file.IsUnder(area));
        }

        Assert.DoesNotContain(SourceFile.All, file => file.Folders.Contains("obj", StringComparer.Ordinal));
    }

    /// <summary>A rule that cannot fail is no rule: for each one what it must find, and what looks like it and is right.</summary>
    public static TheoryData<string, string, string, int> Samples => new()
    {
        { "function-length", "src/Stack/A.cs", Lines("class A { [X]\nint B(\nint c)\n{", 68, "return 1; } }"), 1 },
        { "function-length", "src/Stack/A.cs", Lines("class A { [X]\nint B(\nint c)\n{", 66, "return 1; } }"), 0 },
        { "function-length", "tests/Unit/A.cs", Lines("class A { A() {", 70, "} }"), 1 },
        { "function-length", "perf/Load/A.cs", Lines("class A { int B { get {", 70, "} } }"), 1 },
        { "function-length", "perf/Load/A.cs", Lines("Run(); void Run() {", 70, "}"), 2 },
        { "function-length", "src/Stack/A.cs", Lines("class A { int[] B = [", 100, "]; int[] C => ["), 0 },
        { "file-length", "src/Stack/A.cs", Lines("", 501, ""), 1 },
        { "file-length", "src/Stack/A.cs", Lines("", 500, ""), 0 },
        { "file-length", "tests/Unit/Corpus/A.cs", Lines("", 501, ""), 0 },
        { "namespace", "src/Stack/Timing/A.cs", "namespace OmaIm.Stack; class A;", 1 },
        { "namespace", "src/Stack/Timing/A.cs", "class A;", 1 },
        { "namespace", "src/Stack/Timing/A.cs", "namespace OmaIm.Stack.Timing; class A;", 0 },
        { "namespace", "tests/Unit/Stack/A.cs", "namespace OmaIm.Stack; class A;", 1 },
        { "namespace", "src/Cli/Program.cs", "return 0; partial class Program;", 0 },
        { "enabler", "src/Server/Rooms/A.cs", "using OmaIm.Server.Registrar; namespace OmaIm.Server.Rooms;", 1 },
        { "enabler", "src/Server/Rooms/A.cs", "using static OmaIm.Server.Registrar.B; using C = OmaIm.Server.Admission.D;", 2 },
        { "enabler", "src/Server/Rooms/A.cs", "namespace OmaIm.Server.Rooms; class A { Registrar.B _b; }", 1 },
        { "enabler", "src/Server/Core/A.cs", "using OmaIm.Server.Rooms;", 1 },
        { "enabler", "src/Server/A.cs", "using OmaIm.Server.Rooms;", 1 },
        { "enabler", "src/Server/ImServer.cs", "using OmaIm.Server.Rooms;", 0 },
        { "enabler", "src/Server/Rooms/A.cs", "using OmaIm.Server.Core; using OmaIm.Server.Core.Ports; using OmaIm.Server.Rooms; using OmaIm.Stack;", 0 },
        { "unfinished", "src/Stack/A.cs", "// TODO: later", 1 },
        { "unfinished", "tests/Unit/A.cs", "/* fixme */ class A;", 1 },
        { "unfinished", "src/Stack/A.cs", "/// <summary>A. TODO</summary>\nclass A;", 1 },
        { "unfinished", "src/Stack/A.cs", "class A { int B => throw new NotImplementedException(); }", 1 },
        { "unfinished", "src/Stack/A.cs", "// todos are kept elsewhere\nclass A { string B = \"TODO\"; }", 0 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch (IOException) { }", 1 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch { /* never mind */ }", 1 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch (Exception) { /* never mind */ }", 1 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch (IOException) { Count++; }", 0 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch (IOException) { /* the terminal is gone */ }", 0 },
        { "empty-catch", "src/Stack/A.cs", "try { } catch (Exception e) when (e is A or B) { /* the peer is gone */ }", 0 },
        { "skipped-test", "tests/Unit/A.cs", "class A { [Fact(Skip = \"flaky\")] void B() { } }", 1 },
        { "skipped-test", "tests/Unit/A.cs", "class A { [Fact(DisplayName = \"Skip\")] void B() { } }", 0 },
        { "pragma", "src/Stack/A.cs", "#pragma warning disable CA1822\nclass A;", 1 },
        { "pragma", "src/Stack/A.cs", "#nullable enable\nclass A;", 0 },
        { "blocking", "tests/Unit/A.cs", "Thread.Sleep(1); System.Threading.Thread.Sleep(1);", 2 },
        { "blocking", "src/Cli/A.cs", "var a = ReadAsync().Result; _task.Wait(); b.GetAwaiter().GetResult(); Task.WaitAll(c);", 4 },
        { "blocking", "src/Cli/A.cs", "await ReadAsync(); _flush.GetResult(); var a = run.Result; Monitor.Wait(b);", 0 },
        { "delay", "src/Client/A.cs", "await Task.Delay(1);", 1 },
        { "delay", "tests/EndToEnd/A.cs", "await Task.Delay(1);", 0 },
        { "clock", "src/Server/Core/A.cs", "var a = DateTime.UtcNow; var b = System.DateTimeOffset.Now; var c = Environment.TickCount64; var d = Stopwatch.StartNew();", 4 },
        { "clock", "src/Server/Core/A.cs", "var a = time.GetUtcNow(); var b = DateTime.UnixEpoch;", 0 },
        { "clock", "src/Cli/A.cs", "var a = DateTime.UtcNow;", 0 },
        { "number", "src/Protocols/Sip/A.cs", "int.TryParse(a, out var b); Int64.Parse(c); System.UInt16.Parse(d);", 3 },
        { "number", "src/Protocols/Sip/A.cs", "Digits.TryParse(a, out var b); IPAddress.TryParse(c, out _);", 0 },
        { "number", "src/Cli/A.cs", "int.Parse(a);", 0 },
        { "xml", "src/Server/Rooms/A.cs", "XDocument.Parse(a); XElement.Load(b); XmlReader.Create(c); new XmlDocument();", 4 },
        { "xml", "tests/Unit/A.cs", "XElement.Parse(a); new XmlDocument(); XDocument.Load(\"a.csproj\");", 2 },
        { "xml", "src/Protocols/Text/SafeXml.cs", "XmlReader.Create(a);", 0 },
        { "xml", "src/Server/Rooms/A.cs", "SafeXml.Create(a); XmlWriter.Create(b);", 0 },
        { "random", "src/Stack/Msrp/A.cs", "Guid.NewGuid(); Random.Shared.Next(); new Random(1);", 3 },
        { "random", "src/Stack/Msrp/A.cs", "RandomToken.Create(); RandomNumberGenerator.Fill(a);", 0 },
        { "random", "perf/Load/A.cs", "new Random(1);", 0 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void TheRuleFindsWhatItMustAndNothingElse(string rule, string path, string text, int expected) =>
        Assert.Equal(expected, TidyRules.Check(rule, new SourceFile(path, text)).Count());

    [Fact]
    public void EveryRuleHasASampleThatBreaksItAndOneThatKeepsIt()
    {
        var samples = Samples.Select(row => (object[])row).ToList();
        foreach (var rule in TidyRules.All.Keys)
        {
            Assert.Contains(samples, sample => (string)sample[0] == rule && (int)sample[3] > 0);
            Assert.Contains(samples, sample => (string)sample[0] == rule && (int)sample[3] == 0);
        }
    }

    private static string Lines(string head, int count, string tail) => head + string.Concat(Enumerable.Repeat("\n", count)) + tail;
}
