using System.Collections;

namespace OmaIm.Appliance.Configuration;

/// <summary>Turns raw nodes into options records, and everything that does not fit into problems.</summary>
public sealed class ConfigurationBinder(ICollection<ConfigurationProblem> problems)
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the value of a key came from; rules over several keys name it in their problems.</summary>
    public string SourceOf(string key)
    {
        while (!_sources.ContainsKey(key))
        {
            var colon = key.LastIndexOf(':');
            if (colon < 0)
            {
                return "default";
            }

            key = key[..colon];
        }

        return _sources[key];
    }

    public ApplianceOptions Bind(RawObject root) => (ApplianceOptions)BindSection(SettingCatalog.Root, root, "");

    private object BindSection(SettingSection section, RawNode raw, string key)
    {
        var result = Activator.CreateInstance(section.Type)!;
        if (raw is not RawObject source)
        {
            Report(raw, key, "an object");
            return result;
        }

        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in source.Entries)
        {
            var entryKey = Join(key, entry.Name);
            if (section.Find(entry.Name) is not { } member)
            {
                // $schema lets an editor find the schema; it says nothing to the server.
                if (key.Length > 0 || entry.Name != "$schema")
                {
                    Report(entry.Node, Join(key, Printable.Shorten(entry.Name)), $"one of {section.Names}", "an unknown key");
                }
            }
            else if (!first.TryAdd(entry.Name, entry.Node.Source))
            {
                Report(entry.Node, entryKey, "each key once", $"the key a second time (first {first[entry.Name]})");
            }
            else if (BindNode(member.Node, entry.Node, Join(key, member.Node.Name)) is { } value)
            {
                member.Property.SetValue(result, value);
            }
        }

        foreach (var member in section.Members.Where(member => member.Node.Setting.Required && !first.ContainsKey(member.Node.Name)))
        {
            Report(raw, Join(key, member.Node.Name), Expectation.Of(member.Node), "nothing");
        }

        return result;
    }

    /// <summary>The value; null when it was refused.</summary>
    private object? BindNode(SettingNode node, RawNode raw, string key)
    {
        _sources[key] = raw.Source;
        switch (node)
        {
            case SettingSection section:
                return BindSection(section, raw, key);
            case SettingList list:
                return BindList(list, raw, key);
            default:
                if (raw is RawValue text && ValueReader.TryRead((SettingValue)node, text, out var value))
                {
                    return value;
                }

                Report(raw, key, Expectation.Of(node), node.Setting.Secret ? "a value that is not shown" : raw.Description);
                return null;
        }
    }

    private IList? BindList(SettingList list, RawNode raw, string key)
    {
        if (raw is not RawList source)
        {
            Report(raw, key, Expectation.Of(list));
            return null;
        }

        if (source.Items.Count > list.Setting.Maximum)
        {
            Report(raw, key, Expectation.Of(list), $"{source.Items.Count} entries");
            return null;
        }

        var result = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(list.ItemType))!;
        for (var index = 0; index < source.Items.Count; index++)
        {
            if (BindNode(list.Item, source.Items[index], $"{key}:{index}") is { } item)
            {
                result.Add(item);
            }
        }

        return result;
    }

    private void Report(RawNode raw, string key, string expected, string? found = null) =>
        problems.Add(new ConfigurationProblem(raw.Source, key, found ?? raw.Description, expected));

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
