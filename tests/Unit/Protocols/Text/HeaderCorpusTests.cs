using System.Reflection;
using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

/// <summary>
/// One file for each header type, Corpus/Headers/PROTOCOL/NAME.txt: "accept: VALUE", then "writes: VALUE" where it is
/// written differently, "refuse: VALUE"; lines that start with # explain.
/// </summary>
public sealed class HeaderCorpusTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Unit", "Corpus", "Headers");

    private delegate bool Parser<T>(ReadOnlySpan<byte> value, out T header);

    public static TheoryData<string> Types => [.. AllTypes().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void TheHeaderReadsAndWritesAsItsFileSays(string typeName)
    {
        var type = typeof(HeaderAttribute).Assembly.GetType(typeName)!;
        var accepted = 0;
        string? written = null;
        foreach (var line in File.ReadAllLines(FileOf(type)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].Trim(' ');
            switch (line[..colon])
            {
                case "accept":
                    accepted++;
                    written = Read(type, value);
                    Assert.True(written is not null, $"{typeName} refuses: {value}");
                    Assert.Equal(written, Read(type, written)); // what is written reads as the same
                    break;
                case "writes":
                    Assert.Equal(value, written);
                    break;
                case "refuse":
                    Assert.True(Read(type, value) is null, $"{typeName} accepts: {value}");
                    break;
                default:
                    Assert.Fail($"{typeName}: what does '{line}' mean?");
                    break;
            }
        }

        Assert.True(accepted > 0, $"{FileOf(type)} accepts nothing");
    }

    [Fact]
    public void EveryFileBelongsToAHeader()
    {
        var files = Directory.GetFiles(Folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        Assert.Equal(AllTypes().Select(FileOf).Order(StringComparer.Ordinal), files);
    }

    [Fact]
    public void TheBitSetsHoldAllIds()
    {
        Assert.True(Enum.GetValues<SipHeaderId>().Length <= 128, "SipSanity keeps one bit of a UInt128 for each id");
        Assert.True(Enum.GetValues<MsrpHeaderId>().Length <= 64, "MsrpHeaderSlots keeps one bit of a ulong for each id");
    }

    private static IEnumerable<Type> AllTypes()
        => typeof(HeaderAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<HeaderAttribute>() is not null);

    private static string FileOf(Type type)
    {
        var header = type.GetCustomAttribute<HeaderAttribute>()!;
        return Path.Combine(Folder, header.Protocol.ToString(), header.Name + ".txt");
    }

    /// <summary>The value as the header writes it, or null when it is refused.</summary>
    private static string? Read(Type type, string value)
        => (string?)typeof(HeaderCorpusTests).GetMethod(nameof(ReadTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [value]);

    private static string? ReadTyped<T>(string value)
        => typeof(T).GetMethod("TryParse")!.CreateDelegate<Parser<T>>()(Encoding.UTF8.GetBytes(value), out var header)
            ? header!.ToString()
            : null;
}
