using System.Globalization;
using System.Net;

namespace OmaIm.Appliance.Configuration;

/// <summary>Reads one value as the type and range that its setting declares.</summary>
public static class ValueReader
{
    public static bool TryRead(SettingValue setting, RawValue raw, out object? value)
    {
        value = null;
        if (setting.Type == typeof(int) || setting.Type == typeof(long))
        {
            value = raw.Kind is RawKind.Number or RawKind.Untyped ? Number(setting, raw.Text) : null;
            value = value is null ? null : Convert.ChangeType(value, setting.Type, CultureInfo.InvariantCulture);
        }
        else if (setting.Type == typeof(bool))
        {
            value = raw.Kind is RawKind.Literal or RawKind.Untyped ? Boolean(raw.Text) : null;
        }
        else if (raw.Kind is RawKind.Text or RawKind.Untyped)
        {
            value = setting.Type == typeof(IPAddress) ? Address(raw.Text)
                : setting.Type == typeof(IPNetwork) ? Network(raw.Text)
                : setting.Type.IsEnum ? Choice(setting.Type, raw.Text)
                : Text(setting.Setting, raw.Text);
        }

        return value is not null;
    }

    private static long? Number(SettingValue setting, string text) =>
        Whole.TryParse(text, out var number) && number >= setting.Setting.Minimum && number <= setting.Setting.Maximum ? number : null;

    private static bool? Boolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static object? Choice(Type type, string text)
    {
        var index = Array.IndexOf(Expectation.Choices(type), text);
        return index < 0 ? null : Enum.GetValues(type).GetValue(index);
    }

    /// <summary>IPAddress.TryParse takes "127.1" and "0x7f000001" too: an IPv4 address must be written as it would be printed.</summary>
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text) ? address : null;

    private static IPNetwork? Network(string text) => IPNetwork.TryParse(text, out var network) && network.ToString() == text ? network : null;

    private static string? Text(SettingAttribute setting, string text) =>
        text.Length >= setting.Minimum && text.Length <= setting.Maximum && TextForms.Matches(setting.Form, text) ? text : null;
}
