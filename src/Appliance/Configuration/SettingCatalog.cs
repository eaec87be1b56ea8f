using System.Net;
using System.Reflection;

namespace OmaIm.Appliance.Configuration;

/// <summary>All keys there are, read once from the attributes of <see cref="ApplianceOptions"/>.</summary>
public static class SettingCatalog
{
    public static SettingSection Root { get; } = Section("", new SettingAttribute("The appliance."), typeof(ApplianceOptions));

    private static SettingSection Section(string name, SettingAttribute setting, Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        var members = new List<SettingMember>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { } attribute)
            {
                members.Add(new SettingMember(Node(property, attribute, defaults), property));
            }
        }

        return new SettingSection(name, setting, type, members);
    }

    private static SettingNode Node(PropertyInfo property, SettingAttribute setting, object defaults)
    {
        var type = property.PropertyType;
        if (IsValue(type))
        {
            return new SettingValue(property.Name, setting, type, setting.Required ? null : property.GetValue(defaults));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var itemType = type.GetGenericArguments()[0];
            SettingNode item = IsValue(itemType)
                ? new SettingValue("", ItemSetting(setting), itemType, null)
                : Section("", setting, itemType);
            return new SettingList(property.Name, setting, itemType, item);
        }

        return Section(property.Name, setting, type);
    }

    private static bool IsValue(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool)
        || type == typeof(IPAddress) || type == typeof(IPNetwork);

    /// <summary>The bounds of a list of texts count the list; an element has the bounds of a text.</summary>
    private static SettingAttribute ItemSetting(SettingAttribute list) => new(list.Meaning) { Form = list.Form, Minimum = 1 };
}
