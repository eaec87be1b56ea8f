using OmaIm.Appliance.Configuration;
using OmaIm.Server.Core;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void AnEmptyObjectIsTheDefaults()
    {
        var result = ConfigurationText.Load("{}");

        Assert.Empty(result.Problems);
        Assert.Equal("localhost", result.Options.Domain);
        Assert.Equal(5060, result.Options.Sip.Udp.Port);
        Assert.Equal(2855, result.Options.Msrp.Port);
        Assert.Equal(8080, result.Options.Http.Port);
    }

    [Fact]
    public void CommentsTrailingCommasAndTheSchemaKeyAreAllowed()
    {
        var result = ConfigurationText.Load("""
            {
              // where we live
              "$schema": "omaim.schema.json",
              "Domain": "im.example.org", /* and where */
              "Rooms": [{ "Name": "team", "Access": "private", "Members": ["alice", "sip:bob@example.org",], },],
            }
            """);

        Assert.Empty(result.Problems);
        Assert.Equal("im.example.org", result.Options.Domain);
        var room = Assert.Single(result.Options.Rooms);
        Assert.Equal(RoomAccess.Private, room.Access);
        Assert.Equal(["alice", "sip:bob@example.org"], room.Members);
    }

    [Fact]
    public void TheCommandLineWinsOverTheEnvironmentAndThatOverTheFile()
    {
        const string File = """{ "Sip": { "Udp": { "Port": 1 }, "Tcp": { "Port": 2 } }, "Msrp": { "Port": 3 } }""";
        var environment = new Dictionary<string, string> { ["OMAIM__Sip__Tcp__Port"] = "20", ["OMAIM__MSRP__PORT"] = "30", ["OTHER"] = "x" };

        var options = ConfigurationText.Load(File, environment, "--Msrp:Port=300", "--Http:Port", "400").Options;

        Assert.Equal([1, 20, 300, 400], [options.Sip.Udp.Port, options.Sip.Tcp.Port, options.Msrp.Port, options.Http.Port]);
    }

    [Fact]
    public void ListsGoByIndexAndTheIndexBehindTheLastAddsAnElement()
    {
        const string File = """{ "Accounts": [{ "User": "alice", "Password": "old" }] }""";
        var environment = new Dictionary<string, string>
        {
            ["OMAIM__Accounts__0__Password"] = "new",
            ["OMAIM__Accounts__1__User"] = "bob",
            ["OMAIM__Accounts__1__Password"] = "=a=b",
        };

        var result = ConfigurationText.Load(File, environment, "--Rooms:0:Name=team", "--Rooms:0:Members:0=alice");

        Assert.Empty(result.Problems);
        Assert.Equal([new AccountSettings { User = "alice", Password = "new" }, new AccountSettings { User = "bob", Password = "=a=b" }], result.Options.Accounts);
        Assert.Equal(["alice"], Assert.Single(result.Options.Rooms).Members);
    }

    [Fact]
    public void TwelveElementsFromTheEnvironmentKeepTheirOrder()
    {
        var environment = Enumerable.Range(0, 12).ToDictionary(index => $"OMAIM__Rooms__{index}__Name", index => $"room{index}");

        var result = ConfigurationText.Load("{}", environment);

        Assert.Empty(result.Problems);
        Assert.Equal(Enumerable.Range(0, 12).Select(index => $"room{index}"), result.Options.Rooms.Select(room => room.Name));
    }

    [Fact]
    public void AllMistakesAreReportedAtOnceWithFileLineKeyFoundAndExpected()
    {
        var result = ConfigurationText.Load(
            """
            {
              "Sip": { "Udp": { "Port": "5060" } },
              "Msrp": { "Port": 65536 },
              "Htttp": {},
              "GraceSeconds": 10,
              "GraceSeconds": 20
            }
            """,
            new Dictionary<string, string> { ["OMAIM__Log__Level"] = "loud" },
            "--Sip:Tcp:Adress=127.0.0.1");

        Assert.Equal(
            [
                "command line --Sip:Tcp:Adress: Sip:Tcp:Adress: found unknown key \"Adress\", expected one of Address, Port",
                "FILE:2: Sip:Udp:Port: found \"5060\", expected a whole number from 0 to 65535",
                "FILE:3: Msrp:Port: found 65536, expected a whole number from 0 to 65535",
                $"FILE:4: Htttp: found an unknown key, expected one of {SettingCatalog.Root.Names}",
                "FILE:6: GraceSeconds: found the key a second time (first FILE:5), expected each key once",
                "environment OMAIM__Log__Level: Log:Level: found \"loud\", expected one of trace, debug, information, warning, error, critical, none",
            ],
            result.Problems.Select(problem => System.Text.RegularExpressions.Regex.Replace(problem.ToString(), @"[^ (]*\.tmp", "FILE")));
    }

    [Theory]
    [InlineData("{ \"Domain\": \"x\",, }", 1)]
    [InlineData("{\n\"Domain\": \"x\"\n", 3)]
    [InlineData("", 1)]
    [InlineData("{} {}", 1)]
    public void TextThatIsNotJsonIsReportedWithItsLine(string text, int line)
    {
        var problem = ConfigurationText.OnlyProblem(text);

        Assert.EndsWith($":{line}", problem.Source, StringComparison.Ordinal);
        Assert.StartsWith("no valid JSON", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsReported()
    {
        var result = ConfigurationLoader.Load("/nonexistent/omaim.json", new Dictionary<string, string>(), []);

        Assert.Equal("/nonexistent/omaim.json", Assert.Single(result.Problems).Source);
    }

    [Fact]
    public void AFileThatIsAFolderOrTooLargeIsReported()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var large = Path.Combine(folder.FullName, "large.json");
            File.WriteAllText(large, new string(' ', JsonSource.MaximumBytes + 1));

            Assert.Single(ConfigurationLoader.Load(folder.FullName, new Dictionary<string, string>(), []).Problems);
            Assert.Contains("at most", Assert.Single(ConfigurationLoader.Load(large, new Dictionary<string, string>(), []).Problems).Expected, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void SecretsAreNeverPrinted()
    {
        var values = ConfigurationText.Load(
            """{ "Accounts": [{ "User": "a", "Password": ["hunter2"] }, { "User": "b", "Password": "hunter2\n" }, { "User": "c", "Passwort": "hunter2" }] }""");
        var syntax = ConfigurationText.Load("""{ "Accounts": [{ "User": "a", "Password": hunter2 }] }""");
        var environment = new Dictionary<string, string> { ["OMAIM__Accounts__0__User"] = "alice", ["OMAIM__Accounts__0__Ha1Md5"] = "hunter2", ["OMAIM__Accounts__0__Password__x"] = "hunter2" };
        var more = ConfigurationText.Load("{}", environment, "--Accounts:0:Passwort=hunter2", "--Accounts=hunter2");

        Assert.Equal(3, values.Problems.Count);
        Assert.Single(syntax.Problems);
        Assert.Equal(4, more.Problems.Count);
        Assert.DoesNotContain("hunter2", string.Join('\n', [.. values.Problems, .. syntax.Problems, .. more.Problems]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5070", "--KEY=VALUE or --KEY VALUE")]
    [InlineData("--Sip:Udp:Port", "--KEY=VALUE or --KEY VALUE")]
    [InlineData("--foo", "one of Domain, Sip, Msrp, Tls, Http, Accounts, Rooms, RoomLimits, Registrar, Sessions, Pager, Admission, Log, GraceSeconds")]
    [InlineData("--Sip:Udp=5070", "a key below Sip:Udp")]
    [InlineData("--Sip:Udp:Port:X=5070", "no key below a value")]
    [InlineData("--Rooms:1:Name=a", "an index from 0 to 0")]
    [InlineData("--Rooms:-1:Name=a", "an index from 0 to 0")]
    [InlineData("--Sip:Udp:Port= 5070", "a whole number from 0 to 65535")]
    [InlineData("--Sip:Udp:Port=+5070", "a whole number from 0 to 65535")]
    [InlineData("--Sip:Udp:Port=5e3", "a whole number from 0 to 65535")]
    [InlineData("--Sip:Udp:Port=99999999999999999999", "a whole number from 0 to 65535")]
    [InlineData("--Sip:Udp:Address=127.1", "an IP address")]
    [InlineData("--Sip:Udp:Address=0x7f000001", "an IP address")]
    public void AWrongArgumentIsReportedWithWhatWasExpected(string argument, string expected)
    {
        var problem = ConfigurationText.OnlyProblem("{}", null, argument);

        Assert.StartsWith("command line", problem.Source, StringComparison.Ordinal);
        Assert.Equal(expected, problem.Expected);
    }

    [Fact]
    public void AnArgumentGivenTwiceIsReported()
    {
        var problem = ConfigurationText.OnlyProblem("{}", null, "--Sip:Udp:Port=1", "--sip:udp:port=2");

        Assert.Equal("each key once", problem.Expected);
    }
}
