using System.Globalization;
using OmaIm.Client;
using OmaIm.Tests.Conformance.Files;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Mime;

/// <summary>Points in time as peers write them (RFC 3339, RFC 5322).</summary>
public sealed class TimeTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string OfRequest = "2026-01-31T12:34:56Z";

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31t10:00:00.25+01:30", "2026-01-31T08:30:00.25Z")]
    [InlineData("2026-01-31T10:00:00.123456789Z", "2026-01-31T10:00:00.1234567Z")]
    [InlineData("Sat, 31 Jan 2026 10:00:00 GMT", OfRequest)]
    [InlineData("2026-02-30T10:00:00Z", OfRequest)]
    [InlineData("2026-01-31 10:00", OfRequest)]
    [Trait("Section", "RFC 3339 5.6")]
    public async Task ATimeIsReadWithItsOffsetAndWhatIsNoneCountsAsNotTold(string written, string meant)
    {
        var messages = new Arrivals<ImMessage>();
        await using var bob = await lobby.ClientAsync("bob", client => client.MessageReceived += messages.Add);
        await using var alice = await lobby.ConnectAsync("alice");
        var body = Lobby.Cpim("alice", "when?", "sip:bob@localhost").Replace("2026-01-31T10:00:00Z", written, StringComparison.Ordinal);
        WireUser.Expect(await alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Date: Sat, 31 Jan 2026 12:34:56 GMT\r\nContent-Type: message/cpim\r\n", body), 200);
        Assert.Equal(DateTimeOffset.Parse(meant, CultureInfo.InvariantCulture), (await messages.NextAsync()).SentAt);
    }

    [Theory]
    [InlineData("\"Mon, 15 May 2006 15:01:31 +0300\"")]
    [InlineData("\"5 May 2006 15:01 +0300\"")]
    [InlineData("\"last week\"")]
    [InlineData("\"Mon, 15 May 2006 15:01:31 +0300")]
    [Trait("Section", "RFC 5322 3.3")]
    public async Task ADateOfAFileThatCannotBeReadIsNoReasonToRefuseIt(string date)
    {
        await using var bob = await lobby.ClientAsync("bob", static client => client.FileOffered += static offer => offer.Decline());
        await using var alice = await lobby.ConnectAsync("alice");
        var dialog = await alice.InviteAsync("sip:bob@localhost", FileText.Sdp(SdpText.Path(), "sendonly", "dated1", "a=file-date:modification:" + date));
        Assert.Equal(603, dialog.Response.Status);
    }
}
