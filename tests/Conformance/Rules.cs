using System.Globalization;
using System.Reflection;
using System.Text;
using OmaIm.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace OmaIm.Tests.Conformance;

/// <summary>Keeps tests/Conformance/RULES.md true: every case of this project stands there with its section, and nothing else does.</summary>
public sealed class Rules
{
    private static readonly string File = Path.Combine(Repository.Root, "tests/Conformance/RULES.md");

    [Fact]
    [Trait("Section", "none")]
    public void TheIndexListsEveryCaseWithItsSection()
    {
        var index = Write(Cases());
        if (Environment.GetEnvironmentVariable("OMAIM_WRITE_RULES") is not null)
        {
            System.IO.File.WriteAllText(File, index);
        }

        Assert.Equal(index, System.IO.File.ReadAllText(File));
    }

    [Fact]
    [Trait("Section", "none")]
    public void EveryCaseNamesItsSection() =>
        Assert.Empty(Methods().Where(static method => Sections(method).Length == 0).Select(static method => method.DeclaringType!.Name + "." + method.Name));

    /// <summary>The sections that have cases.</summary>
    internal static IEnumerable<string> Sections() => Cases().Select(static rule => rule.Section);

    private static string Write(IEnumerable<(string Section, string Rule, string Test)> cases)
    {
        var text = new StringBuilder("""
            # Rules and their cases

            Each case plays a rule of an RFC, or of OMA SIMPLE IM, from the wire: against the running appliance, or against our client at it; a rule that
            takes half a minute, against our stack on a clock that the test moves. A section that the product cites and that has no case stands in
            `tests/Conformance/Citations.cs` with the reason. This page is written by the tests: after a change run
            `OMAIM_WRITE_RULES=1 dotnet test tests/Conformance`.

            | Section | Rule | Case |
            |---|---|---|

            """);
        foreach (var (section, rule, test) in cases)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {section} | {rule} | `{test}` |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Section, string Rule, string Test)> Cases() =>
        from method in Methods()
        from section in Sections(method)
        where section != "none"
        orderby Order(section), section, method.DeclaringType!.Name, method.Name
        select (section, Words(method.Name), $"{method.DeclaringType!.Name}.{method.Name}");

    private static IEnumerable<MethodInfo> Methods() => typeof(Rules).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods())
        .Where(static method => method.GetCustomAttribute<FactAttribute>() is not null);

    private static string[] Sections(MethodInfo method) =>
        [.. TraitHelper.GetTraits(method).Where(static trait => trait.Key == "Section").Select(static trait => trait.Value)];

    // "RFC 4975 7.1.10" behind "RFC 4975 7.1.9": numbers by value.
    private static string Order(string section) => string.Concat(section.Split(' ', '.')
        .Select(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("d6", CultureInfo.InvariantCulture) : part));

    private static string Words(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            text.Append(begins && i > 0 ? " " : "").Append(i == 0 ? name[i] : char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
