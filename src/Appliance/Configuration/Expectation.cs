using System.Net;

namespace OmaIm.Appliance.Configuration;

/// <summary>Says in words what a key may hold; error messages and the reference page use the same words.</summary>
public static class Expectation
{
    public static string Of(SettingNode node) => node switch
    {
        SettingSection => "an object",
        SettingList list => $"a list of at most {list.Setting.Maximum} entries",
        SettingValue value => Of(value),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    public static string Of(SettingValue value)
    {
        var setting = value.Setting;
        if (value.Type == typeof(int) || value.Type == typeof(long))
        {
            return $"a whole number from {setting.Minimum} to {setting.Maximum}";
        }

        if (value.Type == typeof(bool))
        {
            return "true or false";
        }

        if (value.Type == typeof(IPAddress))
        {
            return "an IP address";
        }

        if (value.Type == typeof(IPNetwork))
        {
            return "a network such as 192.0.2.0/24 or 2001:db8::/32";
        }

        return value.Type.IsEnum
            ? $"one of {string.Join(", ", Choices(value.Type))}"
            : $"{TextForms.Expectation(setting.Form)}, {setting.Minimum} to {setting.Maximum} characters";
    }

    /// <summary>The names of an enum as they are written in the configuration, in the order of its values.</summary>
    public static string[] Choices(Type type) => [.. Enum.GetNames(type).Select(Name)];

    /// <summary>The default as it would be written; null when there is none.</summary>
    public static string? Default(SettingValue value) => value.Default switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        Enum choice => Name(choice.ToString()),
        var other => other.ToString(),
    };

    private static string Name(string member) => member.ToLowerInvariant();
}
