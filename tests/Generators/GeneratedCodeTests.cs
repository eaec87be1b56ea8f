using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Xunit;

namespace OmaIm.Tests.Generators;

/// <summary>The emitted text compiles without a warning and does what it says.</summary>
public sealed class GeneratedCodeTests
{
    private delegate TId Lookup<TId>(ReadOnlySpan<byte> name);

    private delegate ReadOnlySpan<byte> Canonical<TId>(TId id);

    private static readonly Assembly Generated = Compile(
        GeneratorRun.HeaderType("FromHeader", "HeaderProtocol.Sip, \"From\", Compact = \"f\", Order = 40"),
        GeneratorRun.HeaderType("ForkHeader", "HeaderProtocol.Sip, \"Fork\""),
        GeneratorRun.HeaderType("ViaHeader", "HeaderProtocol.Sip, \"Via\", Compact = \"v\", Cardinality = HeaderCardinality.List, Order = 0"),
        GeneratorRun.HeaderType("ToPathHeader", "HeaderProtocol.Msrp, \"To-Path\", Order = 0"),
        GeneratorRun.HeaderType("StatusHeader", "HeaderProtocol.Msrp, \"Status\""));

    [Theory]
    [InlineData("From", "From")]
    [InlineData("FROM", "From")]
    [InlineData("from", "From")]
    [InlineData("f", "From")]
    [InlineData("F", "From")]
    [InlineData("Fork", "Fork")]
    [InlineData("Fort", "Unknown")]
    [InlineData("Via", "Via")]
    [InlineData("V", "Via")]
    [InlineData("\u0016", "Unknown")]
    [InlineData("Fro", "Unknown")]
    [InlineData("From ", "Unknown")]
    [InlineData("", "Unknown")]
    public void ANameIsFoundInAnyCaseAndByItsCompactForm(string name, string expected)
        => Assert.Equal(expected, LookupOf("OmaIm.Protocols.Sip.SipHeader", name));

    [Theory]
    [InlineData("To-Path", "ToPath")]
    [InlineData("to-path", "ToPath")]
    [InlineData("Status", "Status")]
    [InlineData("t", "Unknown")]
    public void TheNamesOfBothProtocolsAreApart(string name, string expected)
        => Assert.Equal(expected, LookupOf("OmaIm.Protocols.Msrp.MsrpHeader", name));

    [Theory]
    [InlineData("From", 40)]
    [InlineData("Via", 0)]
    [InlineData("Fork", 100)]
    [InlineData("Unknown", 100)]
    public void TheOrderIsThatOfTheAttribute(string id, int expected)
    {
        var ids = Type("OmaIm.Protocols.Sip.SipHeaderId");
        var names = Type("OmaIm.Protocols.Sip.SipHeaderNames");
        Assert.Equal((byte)expected, names.GetMethod("Order")!.Invoke(null, [Enum.Parse(ids, id)]));
    }

    [Fact]
    public void ATypedPropertyReadsItsHeader()
    {
        var ids = Type("OmaIm.Protocols.Sip.SipHeaderId");
        var find = MakeFinder(ids, "From", "alice"u8.ToArray());
        var headers = Activator.CreateInstance(Type("OmaIm.Protocols.Sip.SipHeaders"), find)!;
        dynamic message = Activator.CreateInstance(Type("OmaIm.Protocols.Sip.SipMessage"), headers)!;
        Assert.Equal("alice", (string)message.From.Text);
        Assert.Null((object?)message.Via);
        Assert.Empty((System.Collections.IEnumerable)message.Vias);
        Assert.True((bool)message.IsRead((dynamic)Enum.Parse(ids, "From")));
        Assert.False((bool)message.IsRead((dynamic)Enum.Parse(ids, "Via")));
        Assert.True((bool)message.IsRead((dynamic)Enum.Parse(ids, "Unknown")));
    }

    [Fact]
    public void SlotsTakeEachHeaderOnceAndForgetAllAtOnce()
    {
        var ids = Type("OmaIm.Protocols.Msrp.MsrpHeaderId");
        dynamic toPath = Enum.Parse(ids, "ToPath");
        dynamic status = Enum.Parse(ids, "Status");
        dynamic unknown = Enum.Parse(ids, "Unknown");
        dynamic slots = Activator.CreateInstance(Type("OmaIm.Protocols.Msrp.MsrpHeaderSlots"))!;
        Assert.True((bool)slots.TrySet(toPath, 9, 30));
        Assert.False((bool)slots.TrySet(toPath, 50, 3));
        Assert.True((bool)slots.TrySet(unknown, 1, 1));
        Assert.True((bool)slots.TrySet(unknown, 2, 2));
        Assert.Equal((9, 30), (ValueTuple<int, int>)slots.Get(toPath));
        Assert.Equal((0, 0), (ValueTuple<int, int>)slots.Get(status));
        Assert.False((bool)slots.Contains(status));
        Assert.False((bool)slots.Contains(unknown));
        slots.Clear();
        Assert.False((bool)slots.Contains(toPath));
        Assert.Equal((0, 0), (ValueTuple<int, int>)slots.Get(toPath));
    }

    private static Type Type(string name) => Generated.GetType(name, throwOnError: true)!;

    private static string LookupOf(string prefix, string name)
        => (string)typeof(GeneratedCodeTests).GetMethod(nameof(LookupTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(Type(prefix + "Id")).Invoke(null, [Type(prefix + "Names"), name])!;

    /// <summary>The id of the name; what the id is called canonically must lead back to it.</summary>
    private static string LookupTyped<TId>(Type names, string name)
    {
        var lookup = names.GetMethod("Lookup")!.CreateDelegate<Lookup<TId>>();
        var canonical = names.GetMethod("Canonical")!.CreateDelegate<Canonical<TId>>();
        var id = lookup(Encoding.UTF8.GetBytes(name));
        Assert.Equal(id, lookup(canonical(id)));
        return id!.ToString()!;
    }

    private static Delegate MakeFinder(Type ids, string id, byte[] value)
        => (Delegate)typeof(GeneratedCodeTests).GetMethod(nameof(FinderTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(ids).Invoke(null, [id, value])!;

    private static Func<TId, byte[]?> FinderTyped<TId>(string id, byte[] value) => asked => asked!.ToString() == id ? value : null;

    private static Assembly Compile(params string[] sources)
    {
        using var image = new MemoryStream();
        var result = GeneratorRun.Over(sources).Complete().Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        return new AssemblyLoadContext("generated").LoadFromStream(image);
    }
}
