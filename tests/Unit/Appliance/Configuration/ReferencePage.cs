using System.Text;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

/// <summary>Writes src/Appliance/CONFIGURATION.md out of the setting catalog.</summary>
internal static class ReferencePage
{
    private const string Introduction = """
        # Configuration of omaim-server

        One file, `omaim.json`: the path behind `--config`, else `./omaim.json` if it exists. Comments and trailing commas are allowed.
        An editor completes and checks it with `"$schema": "src/Appliance/omaim.schema.json"` as its first key.

            {
              "Domain": "im.example.org",
              "Accounts": [
                { "User": "alice", "Password": "correct horse battery staple" },  // or Ha1Sha256, made by sha256(user:domain:password)
              ],
              "Rooms": [{ "Name": "team", "Access": "private", "Members": ["alice"] }],
            }

        Every key can be overridden, first by the environment, then by the command line. Elements of lists go by their index;
        the index behind the last one adds an element. Keys are compared without case.

            OMAIM__Sip__Udp__Port=5070 omaim-server
            omaim-server --Sip:Udp:Port=5070 --Accounts:0:User alice

        Unknown keys, wrong types, values out of range and keys given twice are errors. All are reported at once, with their place, key,
        what was found and what was expected, and the exit code is 2. `omaim-server --check-config` does only that.

        **Demo accounts.** Without `Accounts`, and with every listener on loopback, there are alice, bob, carol and dave, each with the
        password `NAME-secret`, and the public room `lobby`. A listener that others can reach refuses to start with any of them.

        **Reload.** No key reloads yet: a changed file takes effect at the next start.

        This page and `omaim.schema.json` are written from the attributes in `src/Appliance/Configuration` and compared by a test.
        After a change there: `OMAIM_WRITE_REFERENCE=1 dotnet test tests/Unit --filter ReferenceTests`.

        """;

    public static string Write()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        WriteSection(page, SettingCatalog.Root, "The whole", "", "");
        return page.ToString();
    }

    private static void WriteSection(StringBuilder page, SettingSection section, string title, string meaning, string prefix)
    {
        page.Append('\n').Append("## ").Append(title).Append("\n\n");
        if (meaning.Length > 0)
        {
            page.Append(meaning).Append("\n\n");
        }

        page.Append("| key | may be | default | reload | meaning, and why this default |\n|---|---|---|---|---|\n");
        foreach (var node in section.Members.Select(member => member.Node).Where(node => Inner(node) is null))
        {
            var (may, standard) = Describe(node);
            page.Append($"| `{prefix}{node.Name}` | {may} | {standard} | restart | {$"{node.Setting.Meaning} {node.Setting.Reason}".TrimEnd()} |\n");
        }

        foreach (var node in section.Members.Select(member => member.Node))
        {
            if (Inner(node) is { } inner)
            {
                var path = prefix + node.Name + (node is SettingList ? ":N" : "");
                var count = node is SettingList ? $" A list of at most {node.Setting.Maximum} entries." : "";
                WriteSection(page, inner, path, $"{node.Setting.Meaning}{count} {node.Setting.Reason}".TrimEnd(), path + ":");
            }
        }
    }

    private static SettingSection? Inner(SettingNode node) => node as SettingSection ?? (node as SettingList)?.Item as SettingSection;

    private static (string May, string Default) Describe(SettingNode node)
    {
        if (node is SettingList list)
        {
            return ($"{Expectation.Of(list)}, each {Expectation.Of(list.Item)}", "empty");
        }

        var value = (SettingValue)node;
        var unit = node.Setting.Unit.Length > 0 ? " " + node.Setting.Unit : "";
        var standard = node.Setting.Required ? "none: needed" : Expectation.Default(value) is { } text ? $"`{text}`{unit}" : "none";
        return (Expectation.Of(value) + unit, standard);
    }
}
