using System.Text;
using OmaIm.Protocols.Conference;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Conference;

public sealed class ConferenceInfoTests
{
    private const string Namespace = "xmlns=\"urn:ietf:params:xml:ns:conference-info\"";

    /// <summary>After the example of RFC 4575 section 5.9, cut to what a chat room has.</summary>
    private const string Document = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <conference-info {Namespace} entity="sips:conf233@example.com" state="full" version="1">
          <conference-description>
            <display-text>Agenda: This month's goals</display-text>
            <subject> Agenda &amp; more </subject>
            <service-uris><entry><uri>http://sharepoint/salesgroup/</uri><purpose>web-page</purpose></entry></service-uris>
            <maximum-user-count>50</maximum-user-count>
          </conference-description>
          <conference-state><user-count>33</user-count><active>true</active></conference-state>
          <users>
            <user entity="sip:bob@example.com" state="full" yourown="true">
              <display-text>Bob Hoskins</display-text>
              <associated-aors><entry><uri>mailto:bob@example.com</uri></entry></associated-aors>
              <roles><entry>participant</entry><entry> moderator </entry></roles>
              <endpoint entity="sip:bob@pc33.example.com">
                <display-text>Bob's Laptop</display-text>
                <status>disconnected</status>
                <joining-method>dialed-out</joining-method>
                <disconnection-method>departed</disconnection-method>
              </endpoint>
              <endpoint entity="sip:bob@pc34.example.com" state="partial"><status>on-hold</status></endpoint>
            </user>
            <user entity="sip:alice@example.com" state="deleted"/>
          </users>
        </conference-info>
        """;

    private static ConferenceInfo? Parse(string document) =>
        ConferenceInfo.TryParse(Encoding.UTF8.GetBytes(document), out var info) ? info : null;

    [Fact]
    public void ReadsWhatChatRoomsNeed()
    {
        var info = Parse(Document)!;

        Assert.Equal(("sips:conf233@example.com", 1u, InfoState.Full), (info.Entity, info.Version, info.State));
        Assert.Equal(("Agenda: This month's goals", "Agenda & more", 50, 33), (info.DisplayText, info.Subject, info.MaximumUserCount, info.UserCount));
        Assert.Equal(InfoState.Full, info.UsersState);
        var bob = info.Users[0];
        Assert.Equal(("sip:bob@example.com", InfoState.Full, "Bob Hoskins", true), (bob.Entity, bob.State, bob.DisplayText, bob.IsYourOwn));
        Assert.Equal(["participant", "moderator"], bob.Roles);
        Assert.Equal(
            new ConferenceEndpoint
            {
                Entity = "sip:bob@pc33.example.com",
                DisplayText = "Bob's Laptop",
                Status = EndpointStatus.Disconnected,
                JoiningMethod = JoiningMethod.DialedOut,
                DisconnectionMethod = DisconnectionMethod.Departed,
            },
            bob.Endpoints[0]);
        Assert.Equal((InfoState.Partial, EndpointStatus.OnHold), (bob.Endpoints[1].State, bob.Endpoints[1].Status));
        Assert.Equal(("sip:alice@example.com", InfoState.Deleted), (info.Users[1].Entity, info.Users[1].State));
    }

    [Theory]
    [InlineData("no XML", "hello")]
    [InlineData("another root", "<a/>")]
    [InlineData("no namespace", "<conference-info entity=\"sip:r@x\" version=\"1\"/>")]
    [InlineData("no entity", $"<conference-info {Namespace} version=\"1\"/>")]
    [InlineData("empty entity", $"<conference-info {Namespace} entity=\" \" version=\"1\"/>")]
    [InlineData("no version", $"<conference-info {Namespace} entity=\"sip:r@x\"/>")]
    [InlineData("negative version", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"-1\"/>")]
    [InlineData("version too large", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"4294967296\"/>")]
    [InlineData("unknown state", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"1\" state=\"some\"/>")]
    [InlineData("user without entity", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"1\"><users><user/></users></conference-info>")]
    [InlineData("user with unknown state", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"1\"><users><user entity=\"a\" state=\"x\"/></users></conference-info>")]
    [InlineData("users with unknown state", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"1\"><users state=\"x\"/></conference-info>")]
    [InlineData("endpoint without entity", $"<conference-info {Namespace} entity=\"sip:r@x\" version=\"1\"><users><user entity=\"a\"><endpoint/></user></users></conference-info>")]
    public void Refused(string name, string document) => Assert.True(Parse(document) is null, name);

    [Fact]
    public void UnknownWordsAndNumbersAreSkipped()
    {
        var info = Parse($"""
            <conference-info {Namespace} entity="sip:r@x" version="4294967295">
              <conference-description><maximum-user-count>many</maximum-user-count></conference-description>
              <users><user entity="a"><endpoint entity="b"><status>teleporting</status><joining-method/></endpoint></user></users>
            </conference-info>
            """)!;
        Assert.Equal((uint.MaxValue, InfoState.Full, (int?)null), (info.Version, info.State, info.MaximumUserCount));
        Assert.Equal(((EndpointStatus?)null, (JoiningMethod?)null), (info.Users[0].Endpoints[0].Status, info.Users[0].Endpoints[0].JoiningMethod));
    }

    [Fact]
    public void CountsHaveLimits()
    {
        static string Users(int count) =>
            $"<conference-info {Namespace} entity=\"r\" version=\"1\"><users>{string.Concat(Enumerable.Repeat("<user entity=\"a\"/>", count))}</users></conference-info>";
        static string Endpoints(int count) =>
            $"<conference-info {Namespace} entity=\"r\" version=\"1\"><users><user entity=\"a\">{string.Concat(Enumerable.Repeat("<endpoint entity=\"b\"/>", count))}</user></users></conference-info>";
        static string Roles(int count) =>
            $"<conference-info {Namespace} entity=\"r\" version=\"1\"><users><user entity=\"a\"><roles>{string.Concat(Enumerable.Repeat("<entry>b</entry>", count))}</roles></user></users></conference-info>";

        Assert.NotNull(Parse(Users(ConferenceInfo.MaximumUsers)));
        Assert.Null(Parse(Users(ConferenceInfo.MaximumUsers + 1)));
        Assert.NotNull(Parse(Endpoints(64)));
        Assert.Null(Parse(Endpoints(65)));
        Assert.NotNull(Parse(Roles(64)));
        Assert.Null(Parse(Roles(65)));
    }

    [Fact]
    public void WritesTheElementsInTheOrderOfTheSchema()
    {
        var info = new ConferenceInfo
        {
            Entity = "sip:lobby@rooms.localhost",
            Version = 7,
            State = InfoState.Partial,
            DisplayText = "Lobby",
            Subject = "a < b",
            MaximumUserCount = 100,
            UserCount = 2,
            Users =
            [
                new ConferenceUser
                {
                    Entity = "sip:alice@localhost",
                    DisplayText = "Alice \"A\"",
                    Roles = ["participant"],
                    IsYourOwn = true,
                    Endpoints =
                    [
                        new ConferenceEndpoint
                        {
                            Entity = "sip:alice@192.0.2.1",
                            DisplayText = "pc",
                            Status = EndpointStatus.MutedViaFocus,
                            JoiningMethod = JoiningMethod.FocusOwner,
                            DisconnectionMethod = DisconnectionMethod.Booted,
                        },
                    ],
                },
                new ConferenceUser { Entity = "sip:bob@localhost", State = InfoState.Deleted },
            ],
        };

        Assert.Equal(
            $"""<?xml version="1.0" encoding="utf-8"?><conference-info entity="sip:lobby@rooms.localhost" state="partial" version="7" {Namespace}>"""
            + "<conference-description><display-text>Lobby</display-text><subject>a &lt; b</subject><maximum-user-count>100</maximum-user-count></conference-description>"
            + "<conference-state><user-count>2</user-count></conference-state>"
            + """<users state="partial"><user entity="sip:alice@localhost" state="full" yourown="true"><display-text>Alice "A"</display-text><roles><entry>participant</entry></roles>"""
            + """<endpoint entity="sip:alice@192.0.2.1" state="full"><display-text>pc</display-text><status>muted-via-focus</status><joining-method>focus-owner</joining-method><disconnection-method>booted</disconnection-method></endpoint></user>"""
            + """<user entity="sip:bob@localhost" state="deleted" /></users></conference-info>""",
            WireText.Text(info.ToBytes()));
    }

    [Fact]
    public void APartialDocumentWithoutUsersLeavesThemAlone()
    {
        var written = new ConferenceInfo { Entity = "sip:r@x", State = InfoState.Partial, Subject = "new" }.ToBytes();
        Assert.True(ConferenceInfo.TryParse(written, out var info));
        Assert.Equal(InfoState.Partial, info.UsersState);
        Assert.Empty(info.Users);
    }

    [Fact]
    public void EveryWordOfTheEnumerationsGoesBothWays()
    {
        foreach (var status in Enum.GetValues<EndpointStatus>())
        {
            Assert.Equal(status, Through(new ConferenceEndpoint { Entity = "e", Status = status }).Status);
        }

        foreach (var method in Enum.GetValues<JoiningMethod>())
        {
            Assert.Equal(method, Through(new ConferenceEndpoint { Entity = "e", JoiningMethod = method }).JoiningMethod);
        }

        foreach (var method in Enum.GetValues<DisconnectionMethod>())
        {
            Assert.Equal(method, Through(new ConferenceEndpoint { Entity = "e", DisconnectionMethod = method }).DisconnectionMethod);
        }

        foreach (var state in Enum.GetValues<InfoState>())
        {
            Assert.Equal(state, Through(new ConferenceEndpoint { Entity = "e", State = state }).State);
        }
    }

    private static ConferenceEndpoint Through(ConferenceEndpoint endpoint)
    {
        var info = new ConferenceInfo { Entity = "r", Users = [new ConferenceUser { Entity = "u", Endpoints = [endpoint] }] };
        Assert.True(ConferenceInfo.TryParse(info.ToBytes(), out var read));
        return read.Users[0].Endpoints[0];
    }

    [Fact]
    public void ARosterOfAThousandIsReadAgain()
    {
        var users = Enumerable.Range(0, 1000).Select(i => new ConferenceUser
        {
            Entity = $"sip:user{i:0000}@localhost",
            DisplayText = $"User number {i}",
            Roles = ["participant"],
            Endpoints = [new ConferenceEndpoint { Entity = $"sip:user{i:0000}@127.0.0.1:50000;transport=tcp", Status = EndpointStatus.Connected, JoiningMethod = JoiningMethod.DialedIn }],
        });
        Assert.True(ConferenceInfo.TryParse(new ConferenceInfo { Entity = "r", Users = [.. users] }.ToBytes(), out var info));
        Assert.Equal(1000, info.Users.Count);
    }

    [Fact]
    public void CharactersThatXmlCannotCarryAreRefused() =>
        Assert.Throws<ArgumentException>(() => new ConferenceInfo { Entity = "r", Subject = "\0" }.ToBytes());

    [Fact]
    public void EveryPrefixIsRefusedAndNoChangeOfAByteThrows()
    {
        var whole = Encoding.UTF8.GetBytes(Document);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(ConferenceInfo.TryParse(whole.AsMemory(0, length), out _));
        }

        Assert.NotEmpty(WireText.Mutations(whole, step: 5).Where(document => ConferenceInfo.TryParse(document, out _)).ToList());
    }
}
