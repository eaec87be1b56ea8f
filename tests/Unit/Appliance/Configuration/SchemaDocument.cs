using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

/// <summary>Writes src/Appliance/omaim.schema.json out of the setting catalog.</summary>
internal static class SchemaDocument
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "omaim.json, the configuration of omaim-server",
        };
        foreach (var (name, value) in Section(SettingCatalog.Root).ToList())
        {
            schema[name] = value?.DeepClone();
        }

        ((JsonObject)schema["properties"]!).Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Describe(SettingNode node)
    {
        var result = node switch
        {
            SettingSection section => Section(section),
            SettingList list => new JsonObject { ["type"] = "array", ["maxItems"] = list.Setting.Maximum, ["items"] = Describe(list.Item) },
            _ => Value((SettingValue)node),
        };
        if (node.Name.Length > 0)
        {
            result.Insert(0, "description", $"{node.Setting.Meaning} {node.Setting.Reason}".TrimEnd());
        }

        return result;
    }

    private static JsonObject Section(SettingSection section)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var member in section.Members)
        {
            properties[member.Node.Name] = Describe(member.Node);
            if (member.Node.Setting.Required)
            {
                required.Add(member.Node.Name);
            }
        }

        var result = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
        {
            result["required"] = required;
        }

        return result;
    }

    private static JsonObject Value(SettingValue value)
    {
        var result = new JsonObject();
        if (value.Type == typeof(int) || value.Type == typeof(long))
        {
            result["type"] = "integer";
            result["minimum"] = value.Setting.Minimum;
            result["maximum"] = value.Setting.Maximum;
        }
        else if (value.Type == typeof(bool))
        {
            result["type"] = "boolean";
        }
        else if (value.Type.IsEnum)
        {
            result["enum"] = new JsonArray([.. Expectation.Choices(value.Type).Select(choice => JsonValue.Create(choice))]);
        }
        else if (value.Type == typeof(IPAddress))
        {
            result["type"] = "string";
            result["anyOf"] = new JsonArray(new JsonObject { ["format"] = "ipv4" }, new JsonObject { ["format"] = "ipv6" });
        }
        else if (value.Type == typeof(IPNetwork))
        {
            result["type"] = "string";
            result["pattern"] = "^[0-9A-Fa-f.:]+/[0-9]{1,3}$";
        }
        else
        {
            result["type"] = "string";
            result["minLength"] = value.Setting.Minimum;
            result["maxLength"] = value.Setting.Maximum;
            result["pattern"] = TextForms.Pattern(value.Setting.Form);
        }

        if (Expectation.Default(value) is { } standard)
        {
            result["default"] = value.Type == typeof(int) || value.Type == typeof(long) || value.Type == typeof(bool)
                ? JsonNode.Parse(standard)
                : JsonValue.Create(standard);
        }

        return result;
    }
}
