using OmaIm.Appliance.Configuration;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

public sealed class ApplianceRulesTests
{
    [Theory]
    [InlineData("--Sip:Udp:Address=192.0.2.1", "Sip:Udp:Address")]
    [InlineData("--Sip:Tcp:Address=192.0.2.1", "Sip:Tcp:Address")]
    [InlineData("--Msrp:Address=2001:db8::1", "Msrp:Address")]
    [InlineData("--Http:Address=0.0.0.0", "Http:Address")]
    public void AnExposedListenerRefusesTheDemoAccountsAndSaysWhatToDo(string argument, string key)
    {
        var problem = ConfigurationText.OnlyProblem("{}", null, argument);

        Assert.Equal(key, problem.Key);
        Assert.Contains("no accounts", problem.Found, StringComparison.Ordinal);
        Assert.Contains("your own users under Accounts", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExposedListenerRefusesADemoPasswordThatWasWrittenDown()
    {
        const string Accounts = """{ "Accounts": [{ "User": "alice", "Password": "alice-secret" }, { "User": "bob", "Password": "x" }] }""";

        Assert.Empty(ConfigurationText.Load(Accounts).Problems);
        var problem = ConfigurationText.OnlyProblem(Accounts, null, "--Http:Address=192.0.2.1");

        Assert.Equal("another password for alice", problem.Expected[^"another password for alice".Length..]);
        Assert.DoesNotContain("alice-secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheDemoAccountsAndTheLobbyExistOnlyWithoutConfiguredAccounts()
    {
        var demo = DevelopmentProfile.Apply(new ApplianceOptions());
        var own = DevelopmentProfile.Apply(new ApplianceOptions { Accounts = [new AccountSettings { User = "zoe", Password = "x" }] });

        Assert.Equal(["alice", "bob", "carol", "dave"], demo.Accounts.Select(account => account.User));
        Assert.Equal("dave-secret", demo.Accounts[3].Password);
        Assert.Equal("lobby", Assert.Single(demo.Rooms).Name);
        Assert.Equal("zoe", Assert.Single(own.Accounts).User);
        Assert.Empty(own.Rooms);
    }

    [Fact]
    public void AConfiguredLobbyIsNotDoubled()
    {
        var demo = DevelopmentProfile.Apply(new ApplianceOptions { Rooms = [new RoomSettings { Name = "lobby", Subject = "mine" }] });

        Assert.Equal("mine", Assert.Single(demo.Rooms).Subject);
    }

    [Theory]
    [InlineData("""{ "Sip": { "Udp": { "Address": "0.0.0.0" } } }""", "Sip:AdvertisedHost")]
    [InlineData("""{ "Sip": { "Tcp": { "Address": "::" } } }""", "Sip:AdvertisedHost")]
    [InlineData("""{ "Msrp": { "Address": "0.0.0.0" } }""", "Msrp:AdvertisedHost")]
    [InlineData("""{ "Sip": { "AdvertisedHost": "im.example.org", "Tcp": { "Port": 5070 } } }""", "Sip:Tcp:Port")]
    [InlineData("""{ "Sip": { "AdvertisedHost": "im.example.org", "Udp": { "Port": 0 }, "Tcp": { "Port": 0 } } }""", "Sip:Udp:Port")]
    [InlineData("""{ "Msrp": { "Port": 8080 } }""", "Http:Port")]
    [InlineData("""{ "Sip": { "Tcp": { "Port": 2855 } } }""", "Msrp:Port")]
    [InlineData("""{ "Accounts": [{ "User": "alice", "Password": "x" }, { "User": "alice", "Password": "y" }] }""", "Accounts:1:User")]
    [InlineData("""{ "Accounts": [{ "User": "exploder", "Password": "x" }] }""", "Accounts:0:User")]
    [InlineData("""{ "Pager": { "ExploderUser": "conference-factory" } }""", "Pager:ExploderUser")]
    [InlineData("""{ "RoomLimits": { "Invitations": 1 }, "Rooms": [{ "Name": "team", "InviteMembers": true, "Members": ["alice", "bob"] }] }""", "Rooms:0:InviteMembers")]
    [InlineData("""{ "Accounts": [{ "User": "conference-factory", "Password": "x" }] }""", "Accounts:0:User")]
    [InlineData("""{ "Accounts": [{ "User": "alice" }] }""", "Accounts:0")]
    [InlineData("""{ "Rooms": [{ "Name": "a" }, { "Name": "a" }] }""", "Rooms:1:Name")]
    [InlineData("""{ "Rooms": [{ "Name": "a" }, { "Name": "b" }], "RoomLimits": { "Rooms": 1 } }""", "Rooms")]
    [InlineData("""{ "Rooms": [{ "Name": "team", "InviteMembers": true, "MaxMembers": 1, "Members": ["alice", "bob"] }] }""", "Rooms:0:MaxMembers")]
    [InlineData("""{ "Registrar": { "MaximumSeconds": 600 } }""", "Registrar:DefaultSeconds")]
    [InlineData("""{ "Pager": { "ReceiptWindowMilliseconds": 2000, "TimeoutSeconds": 2 } }""", "Pager:ReceiptWindowMilliseconds")]
    public void KeysThatContradictEachOtherAreReported(string json, string key)
    {
        var account = json.Contains("Accounts", StringComparison.Ordinal) ? [] : new[] { "--Accounts:0:User=zoe", "--Accounts:0:Password=x" };

        Assert.Equal(key, ConfigurationText.OnlyProblem(json, null, account).Key);
    }

    [Fact]
    public void AProblemOverSeveralKeysNamesTheLineOfItsKey()
    {
        var problem = ConfigurationText.OnlyProblem("{\n\"Http\": {\n\"Port\": 2855 } }");

        Assert.EndsWith(":3", problem.Source, StringComparison.Ordinal);
    }
}
