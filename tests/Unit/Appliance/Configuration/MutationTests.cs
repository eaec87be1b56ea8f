using System.Net;
using OmaIm.Appliance.Configuration;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

/// <summary>Every key there is, each made wrong in every way its description knows.</summary>
public sealed class MutationTests
{
    /// <summary>Path of the key, the JSON around it with {0} where its value goes, and its description.</summary>
    private static readonly List<(string Key, string Document, SettingNode Node)> Keys = [.. Walk(SettingCatalog.Root, "", "{0}")];

    public static TheoryData<string> AllKeys() => [.. Keys.Select(key => key.Key)];

    [Fact]
    public void TheWalkFindsTheKeysOfTheContract()
    {
        Assert.Contains("Sip:Udp:Port", AllKeys());
        Assert.Contains("Rooms:0:Members:0", AllKeys());
    }

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void AWrongTypeIsReportedUnderItsKey(string key)
    {
        var (_, document, node) = Keys.Single(entry => entry.Key == key);
        foreach (var wrong in WrongTypes(node))
        {
            var problem = OnlyProblem(document, wrong);

            Assert.Equal(key, problem.Key);
            Assert.Equal(Expectation.Of(node), problem.Expected);
            Assert.EndsWith(":2", problem.Source, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void AValueOutOfItsRangeIsReportedUnderItsKeyAndTheEdgesAreNot(string key)
    {
        var (_, document, node) = Keys.Single(entry => entry.Key == key);
        var setting = node.Setting;
        var number = node is SettingValue value && (value.Type == typeof(int) || value.Type == typeof(long));
        var text = node is SettingValue { Type: var type } && type == typeof(string);
        if (!number && !text)
        {
            return;
        }

        string Write(long size) => number ? size.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"\"{new string('a', (int)size)}\"";
        foreach (var beyond in new[] { setting.Minimum - 1, setting.Maximum + 1 }.Where(size => number || size >= 0))
        {
            var problem = OnlyProblem(document, Write(beyond));

            Assert.Equal(key, problem.Key);
            Assert.Equal(Expectation.Of(node), problem.Expected);
        }

        foreach (var edge in new[] { setting.Minimum, setting.Maximum })
        {
            // A rule over several keys may still object, but not with the words for this key alone.
            Assert.DoesNotContain(Load(document, Write(edge)), problem => problem.Expected == Expectation.Of(node));
        }
    }

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void AMisspeltKeyIsReportedWithTheRightNames(string key)
    {
        var name = key.Split(':')[^1];
        var (_, document, node) = Keys.Single(entry => entry.Key == key);
        if (node.Name.Length == 0)
        {
            return;
        }

        var problems = Load(document.Replace($"\"{name}\":", $"\"{name}x\":", StringComparison.Ordinal), Valid(node));

        var problem = Assert.Single(problems, problem => problem.Found == "an unknown key");
        Assert.Equal(key + "x", problem.Key);
        Assert.Contains(name, problem.Expected.Split([' ', ',']));
    }

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void AKeyGivenTwiceIsReported(string key)
    {
        var name = key.Split(':')[^1];
        var (_, document, node) = Keys.Single(entry => entry.Key == key);
        if (node.Name.Length == 0)
        {
            return;
        }

        var twice = document.Replace("{0}", $"{{0}}, \"{name}\": {{0}}", StringComparison.Ordinal);
        var problem = Assert.Single(Load(twice, Valid(node)), problem => problem.Expected == "each key once");

        Assert.Equal(key, problem.Key);
    }

    private static IEnumerable<(string Key, string Document, SettingNode Node)> Walk(SettingSection section, string prefix, string document)
    {
        foreach (var node in section.Members.Select(member => member.Node))
        {
            // A list element needs its other required keys beside the one in question.
            var others = section.Members
                .Where(member => member.Node.Setting.Required && member.Node != node)
                .Select(member => $"\"{member.Node.Name}\": \"x\", ");
            var inner = document.Replace("{0}", $"{{{string.Concat(others)}\"{node.Name}\":\n{{0}}}}", StringComparison.Ordinal);
            foreach (var found in WalkNode(node, prefix + node.Name, inner))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<(string Key, string Document, SettingNode Node)> WalkNode(SettingNode node, string key, string document)
    {
        // The value stands on line 2: only the innermost line feed stays.
        var flat = document.Replace("\n{0}", "{0}", StringComparison.Ordinal);
        yield return (key, flat.Replace("{0}", "\n{0}", StringComparison.Ordinal), node);
        var below = node switch
        {
            SettingSection section => Walk(section, key + ":", flat),
            SettingList { Item: SettingSection item } => Walk(item, key + ":0:", flat.Replace("{0}", "[{0}]", StringComparison.Ordinal)),
            SettingList list => WalkNode(list.Item, key + ":0", flat.Replace("{0}", "[{0}]", StringComparison.Ordinal)),
            _ => [],
        };
        foreach (var found in below)
        {
            yield return found;
        }
    }

    private static string[] WrongTypes(SettingNode node) => node switch
    {
        SettingSection => ["1", "\"x\"", "[]", "null", "true"],
        SettingList => ["1", "\"x\"", "{}", "null"],
        SettingValue { Type: var type } when type == typeof(int) || type == typeof(long) => ["\"1\"", "1.0", "1e1", "{}", "[]", "null", "true"],
        SettingValue { Type: var type } when type == typeof(bool) => ["\"true\"", "1", "{}", "null"],
        SettingValue { Type: var type } when type == typeof(IPAddress) || type == typeof(IPNetwork) || type.IsEnum => ["\"x\"", "\"\"", "\"0\"", "1", "{}", "null"],
        _ => ["1", "true", "{}", "[]", "null", "\"a\\u001bb\""],
    };

    private static string Valid(SettingNode node) => node switch
    {
        SettingSection => "{}",
        SettingList => "[]",
        SettingValue { Type: var type } value when type == typeof(string) => $"\"{new string('a', (int)Math.Max(1, value.Setting.Minimum))}\"",
        SettingValue { Type: var type } value when type.IsEnum || type == typeof(IPAddress) => $"\"{Expectation.Default(value)}\"",
        SettingValue { Type: var type } when type == typeof(IPNetwork) => "\"192.0.2.0/24\"",
        SettingValue value => Expectation.Default(value)!,
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static ConfigurationProblem OnlyProblem(string document, string value) => Assert.Single(Load(document, value));

    private static IReadOnlyList<ConfigurationProblem> Load(string document, string value) =>
        ConfigurationText.Load(document.Replace("{0}", value, StringComparison.Ordinal)).Problems;
}
