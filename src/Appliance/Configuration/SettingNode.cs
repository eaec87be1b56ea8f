using System.Reflection;

namespace OmaIm.Appliance.Configuration;

/// <summary>One key of the configuration as the code describes it: a section, a list or a value.</summary>
public abstract record SettingNode(string Name, SettingAttribute Setting);

/// <summary>Keys that belong together: an options record.</summary>
public sealed record SettingSection(string Name, SettingAttribute Setting, Type Type, IReadOnlyList<SettingMember> Members)
    : SettingNode(Name, Setting)
{
    /// <summary>Keys are compared without case, as .NET configuration does, so that environment variables may be all upper case.</summary>
    public SettingMember? Find(string name) =>
        Members.FirstOrDefault(member => string.Equals(member.Node.Name, name, StringComparison.OrdinalIgnoreCase));

    public string Names => string.Join(", ", Members.Select(member => member.Node.Name));
}

/// <summary>A list; <see cref="Item"/> describes each element.</summary>
public sealed record SettingList(string Name, SettingAttribute Setting, Type ItemType, SettingNode Item) : SettingNode(Name, Setting);

/// <summary>A single value; <see cref="Default"/> is null when there is none.</summary>
public sealed record SettingValue(string Name, SettingAttribute Setting, Type Type, object? Default) : SettingNode(Name, Setting);

/// <summary>A key together with the property that holds it.</summary>
public sealed record SettingMember(SettingNode Node, PropertyInfo Property);
