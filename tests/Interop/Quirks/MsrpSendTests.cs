using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>How clients in the field send MSRP, in a room; each test is named by client and quirk.</summary>
public sealed class MsrpSendTests(QuirkRoom room) : IClassFixture<QuirkRoom>
{
    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task RcsjtaBindsWithAFirstSendThatHasNeitherByteRangeNorContentType()
    {
        await using var dave = await QuirkClient.JoinAsync(room.Appliance);
        await dave.Msrp.SendLinesAsync("MSRP 18c9f2a7b3d4e5f6 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msg2b94fc1c22\n-------18c9f2a7b3d4e5f6$\n");
        Assert.Equal(200, await dave.StatusAsync("18c9f2a7b3d4e5f6"));
        await dave.SayAsync("say1", QuirkClient.Cpim("bound"));
        await room.HearsAsync("bound");
    }

    [Theory]
    [InlineData("1-0/0")]
    [InlineData("1-0/*")]
    [InlineData("1-*/*")]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task AnEmptySendMayNameItsRangeInEveryWayThatIsMet(string range)
    {
        await using var dave = await QuirkClient.JoinAsync(room.Appliance);
        await dave.Msrp.SendLinesAsync($"MSRP empty1 SEND\nTo-Path: {{to}}\nFrom-Path: {{from}}\nMessage-ID: Msg1\nByte-Range: {range}\n-------empty1$\n");
        Assert.Equal(200, await dave.StatusAsync("empty1"));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task MsrpNodeLibKeepsAliveWithAHeartbeatThatNobodyHears()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await dave.SayAsync("beat1", "HEARTBEAT", "text/x-msrp-heartbeat");
        Assert.Equal(200, await dave.StatusAsync("beat1"));
        await dave.SayAsync("say1", QuirkClient.Cpim("behind the heartbeat"));
        await room.HearsAsync("behind the heartbeat");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task MsrplibKeepsAliveWithAnEmptySendAndAHeaderOfItsOwn()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await dave.Msrp.SendLinesAsync("MSRP keep1 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msgk\nByte-Range: 1-0/0\nKeep-Alive: yes\n-------keep1$\n");
        Assert.Equal(200, await dave.StatusAsync("keep1"));
        await dave.SayAsync("say1", QuirkClient.Cpim("behind the keep-alive"));
        await room.HearsAsync("behind the keep-alive");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task MsrplibSendsMoreThan2048BytesWithAStarForTheirEndAndInterrupts()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var text = new string('m', 5000);
        var cpim = QuirkClient.Cpim(text);
        await dave.Msrp.SendAsync(MsrpText.Send("part1", dave.Msrp.To, dave.Msrp.From, "Msgm", cpim[..3000], $"1-*/{cpim.Length}", '+'));
        await dave.Msrp.SendAsync(MsrpText.Send("part2", dave.Msrp.To, dave.Msrp.From, "Msgm", cpim[3000..], $"3001-*/{cpim.Length}"));
        Assert.Equal((200, 200), (await dave.StatusAsync("part1"), await dave.StatusAsync("part2")));
        await room.HearsAsync(text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task AMessageOfUnknownLengthEndsWhereItsFlagSaysSo()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var cpim = QuirkClient.Cpim("of unknown length");
        await dave.Msrp.SendAsync(MsrpText.Send("star1", dave.Msrp.To, dave.Msrp.From, "Msgs", cpim, "1-*/*"));
        Assert.Equal(200, await dave.StatusAsync("star1"));
        await room.HearsAsync("of unknown length");
    }

    [Theory]
    [InlineData("rcsjta", 10 * 1024)]
    [InlineData("FreeSWITCH", 16 * 1024)]
    [InlineData("OpenSIPS", 64 * 1024)]
    [InlineData("2026 client", 2048)]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task ChunksOfAnySizeWithAnExactRangeAreTaken(string client, int size)
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var text = client + new string('c', (2 * size) + 100);
        var cpim = QuirkClient.Cpim(text);
        for (int at = 0, i = 1; at < cpim.Length; at += size, i++)
        {
            // rcsjta stops until each chunk has its 200, so that each must come at once.
            var end = Math.Min(at + size, cpim.Length);
            await dave.Msrp.SendAsync(MsrpText.Send(
                $"size{i}", dave.Msrp.To, dave.Msrp.From, "Msgc", cpim[at..end], $"{at + 1}-{end}/{cpim.Length}", end == cpim.Length ? '$' : '+'));
            Assert.Equal(200, await dave.StatusAsync($"size{i}"));
        }

        await room.HearsAsync(text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.3.1")]
    public async Task ChunksOfTwoMessagesMayAlternate()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var (one, other) = (QuirkClient.Cpim("the first of two"), QuirkClient.Cpim("the second of two"));
        await dave.Msrp.SendAsync(MsrpText.Send("one1", dave.Msrp.To, dave.Msrp.From, "MsgOne", one[..100], $"1-100/{one.Length}", '+'));
        await dave.Msrp.SendAsync(MsrpText.Send("other1", dave.Msrp.To, dave.Msrp.From, "MsgOther", other[..100], $"1-100/{other.Length}", '+'));
        await dave.Msrp.SendAsync(MsrpText.Send("other2", dave.Msrp.To, dave.Msrp.From, "MsgOther", other[100..], $"101-{other.Length}/{other.Length}"));
        await dave.Msrp.SendAsync(MsrpText.Send("one2", dave.Msrp.To, dave.Msrp.From, "MsgOne", one[100..], $"101-{one.Length}/{one.Length}"));
        Assert.Equal((200, 200), (await dave.StatusAsync("one2"), await dave.StatusAsync("other2")));
        await room.HearsAsync("the second of two", "the first of two");
    }

    [Fact]
    [Trait("Section", "RFC 4975 9")]
    public async Task HeaderNamesInAnyCaseAndBlanksAroundTheirValuesAreTaken()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var cpim = QuirkClient.Cpim("in lower case");
        await dave.Msrp.SendLinesAsync("MSRP case1 SEND\nto-path: {to}\nFROM-PATH:{from}\nMessage-Id:  Msgcase\nbyte-range:\t"
            + $"1-{cpim.Length}/{cpim.Length} \nfailure-report: Yes\ncontent-type: Message/CPIM;charset=\"UTF-8\"\n\n");
        await dave.Msrp.SendAsync(cpim + "\r\n-------case1$\r\n");
        Assert.Equal(200, await dave.StatusAsync("case1"));
        await room.HearsAsync("in lower case");
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public async Task MimeHeadersAndUnknownOnesInFrontOfTheContentTypePass()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await dave.SayAsync("mime1", QuirkClient.Cpim("with headers"), "message/cpim", "Content-Disposition: render", "Content-ID: <image@joyn.com>", "X-Client: any");
        Assert.Equal(200, await dave.StatusAsync("mime1"));
        await room.HearsAsync("with headers");
    }

    [Fact]
    [Trait("Section", "RFC 7701 6")]
    public async Task RcsjtaSpellsContentTypeOfTheWrappedContentWithASmallT()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        var cpim = QuirkClient.Cpim("small t").Replace("Content-Type: text/plain", "Content-type: text/plain;charset=utf8\r\nContent-length: 7", StringComparison.Ordinal);
        await dave.SayAsync("small1", cpim);
        Assert.Equal(200, await dave.StatusAsync("small1"));
        await room.HearsAsync("small t");
    }

    [Fact]
    [Trait("Section", "RFC 3862 2.1")]
    public async Task CpimWithLineFeedsOnlyIsTaken()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await dave.SayAsync("feed1", QuirkClient.Cpim("line feeds").Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(200, await dave.StatusAsync("feed1"));
        await room.HearsAsync("line feeds");
    }

    [Fact]
    [Trait("Section", "RFC 5438 6")]
    public async Task RcsjtaRepeatsTheNamespaceAndItsReceiptHeadersReachTheOthers()
    {
        await using var dave = await QuirkClient.BoundAsync(room.Appliance);
        await using var witness = await QuirkClient.BoundAsync(room.Appliance); // his other device hears what he says
        const string Headers = "NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: Msg7x\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Disposition-Notification: positive-delivery, display\r\n";
        await dave.SayAsync("imdn1", QuirkClient.Cpim("with receipts").Replace("DateTime:", Headers + "DateTime:", StringComparison.Ordinal));
        Assert.Equal(200, await dave.StatusAsync("imdn1"));
        Assert.Contains(Headers, (await witness.Msrp.MessageAsync()).Body!, StringComparison.Ordinal);
        await room.HearsAsync("with receipts");
    }
}
