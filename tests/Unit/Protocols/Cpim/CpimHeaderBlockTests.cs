using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Cpim;

public sealed class CpimHeaderBlockTests
{
    private static (ParseStatus Status, string From, string To, int FromCount, int ToCount, int Length) Scan(ReadOnlySpan<byte> body)
    {
        var status = CpimHeaderBlock.Scan(body, out var block);
        return (status, WireText.Text(block.FromUri), WireText.Text(block.ToUri), block.FromCount, block.ToCount, block.Length);
    }

    [Fact]
    public void FindsSenderReceiverAndTheEndOfTheBlock()
    {
        var scan = Scan(CpimVectors.Full);
        Assert.Equal((ParseStatus.Complete, "sip:alice@example.com", "sip:lobby@rooms.example.com", 1, 1), (scan.Status, scan.From, scan.To, scan.FromCount, scan.ToCount));
        Assert.StartsWith("Content-type:", WireText.Text(CpimVectors.Full.AsSpan(scan.Length)), StringComparison.Ordinal);
    }

    /// <summary>A block that is split over chunks: never an early verdict, and the same one once the blank line is there.</summary>
    [Fact]
    public void EveryPrefixNeedsMoreDataUntilTheBlankLine()
    {
        var whole = Scan(CpimVectors.Full);
        for (var length = 0; length <= CpimVectors.Full.Length; length++)
        {
            var expected = length < whole.Length ? (ParseStatus.NeedMoreData, "", "", 0, 0, 0) : whole;
            Assert.Equal(expected, Scan(CpimVectors.Full.AsSpan(0, length)));
        }
    }

    [Fact]
    public void LineFeedAloneEndsALine()
    {
        var body = "From: <sip:a@x>\nTo: <sip:b@x>\n\nContent-Type: text/plain\n\nhi"u8.ToArray();
        Assert.Equal((ParseStatus.Complete, "sip:a@x", "sip:b@x", 1, 1, 31), Scan(body));
    }

    [Theory]
    [InlineData("From:<sip:a@x>", "sip:a@x")]
    [InlineData("From: \t <sip:a@x>  ", "sip:a@x")]
    [InlineData("From: Alice of Wonderland <sip:a@x>", "sip:a@x")]
    [InlineData("From: \"<sip:victim@x>\" <sip:a@x>", "sip:a@x")]
    [InlineData("From: \"a\\\"<sip:victim@x>\" <sip:a@x>", "sip:a@x")]
    [InlineData("From: \"a\\\\\" <sip:a@x>", "sip:a@x")]
    [InlineData("From: \"\"<sip:a@x>", "sip:a@x")]
    [InlineData("From:;note=\"a <sip:victim@x>\" <sip:a@x>", "sip:a@x")]
    [InlineData("From:;x=y;z=w Alice <sip:a@x>", "sip:a@x")]
    [InlineData("From: sip:a@x", "sip:a@x")]
    [InlineData("From:", "")]
    [InlineData("From: <>", "")]
    public void TheSenderIsWhatEveryReceiverWillFind(string line, string expected)
    {
        var scan = Scan(CpimVectors.WithHeaders(line));
        Assert.Equal((ParseStatus.Complete, expected, 1), (scan.Status, scan.From, scan.FromCount));
    }

    [Fact]
    public void RepeatedSendersAndReceiversAreCountedAndTheFirstIsGiven()
    {
        var scan = Scan(CpimVectors.WithHeaders("From: <sip:a@x>\nTo: <sip:b@x>\nFrom: <sip:c@x>\nTo: <sip:d@x>\nTo: <sip:e@x>"));
        Assert.Equal((ParseStatus.Complete, "sip:a@x", "sip:b@x", 2, 3), (scan.Status, scan.From, scan.To, scan.FromCount, scan.ToCount));
    }

    [Fact]
    public void NamesOfOtherHeadersAreNotTakenForFrom()
    {
        var scan = Scan(CpimVectors.WithHeaders("imdn.From: <sip:a@x>\nFromage: x\nX-To: y\nTodo: z"));
        Assert.Equal((ParseStatus.Complete, 0, 0), (scan.Status, scan.FromCount, scan.ToCount));
    }

    [Fact]
    public void ABlockMayBeEmpty() => Assert.Equal((ParseStatus.Complete, "", "", 0, 0, 2), Scan("\r\nContent-Type: text/plain\r\n\r\n"u8));

    [Theory]
    [InlineData("two addresses", "From: <sip:a@x> <sip:b@x>")]
    [InlineData("text behind the address", "From: <sip:a@x> Alice")]
    [InlineData("address inside an address", "From: <sip:a@x<sip:b@x>>")]
    [InlineData("space in the address", "From: <sip:a @x>")]
    [InlineData("quote without end", "From: \"Alice <sip:a@x>")]
    [InlineData("escape at the end of a quote", "From: \"Alice\\")]
    [InlineData("text between quote and bracket", "From: \"Alice\" <sip:v@x> \"B\" <sip:a@x>")]
    [InlineData("escape outside of quotes", "From: \\u003csip:v@x\\u003e <sip:a@x>")]
    [InlineData("escape in the address", "From: <sip:\\u0061@x>")]
    [InlineData("bracket closed only", "From: sip:a@x>")]
    [InlineData("two words without brackets", "From: Alice sip:a@x")]
    [InlineData("broken To", "To: <sip:a@x> <sip:b@x>")]
    [InlineData("no colon", "From <sip:a@x>")]
    [InlineData("space before the colon", "From : <sip:a@x>")]
    [InlineData("space before the name", " From: <sip:a@x>")]
    [InlineData("folded line", "Subject: a\r\n From: <sip:v@x>")]
    [InlineData("no name", ": x")]
    [InlineData("CR alone", "Subject: a\rFrom: <sip:v@x>")]
    [InlineData("CR CR LF", "Subject: a\r\r\nTo: <sip:b@x>")]
    [InlineData("NUL", "Subject: a\0b")]
    [InlineData("escape character", "Subject: \u001b[2J")]
    [InlineData("vertical tab", "Subject: a\u000bFrom: <sip:v@x>")]
    [InlineData("form feed", "Subject: a\u000cFrom: <sip:v@x>")]
    [InlineData("DEL", "Subject: \u007f")]
    [InlineData("parameter quote without end", "Subject:;a=\"b c: d")]
    [InlineData("from in another case", "from: <sip:v@x>")]
    [InlineData("TO in another case", "TO: <sip:v@x>")]
    [InlineData("ns in another case", "ns: x <urn:y>")]
    [InlineData("a prefix for the core names", "NS: x <urn:ietf:params:cpim-headers:>\nx.From: <sip:v@x>")]
    [InlineData("a prefix for the core names, other case", "NS: x <URN:ietf:params:CPIM-headers:>")]
    [InlineData("the core names taken away", "NS: <urn:other>\nFrom: <sip:v@x>")]
    [InlineData("NS without address", "NS: x y")]
    public void Refused(string name, string lines)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($"To: <sip:room@x>\r\n{lines.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n\r\n");
        Assert.True(CpimHeaderBlock.Scan(body, out _) == ParseStatus.Malformed, name);
    }

    [Theory]
    [InlineData("NS: imdn <urn:ietf:params:imdn>")]
    [InlineData("NS: <urn:ietf:params:cpim-headers:>")]
    [InlineData("NS: MyFeatures <mid:MessageFeatures@id.foo.com>")]
    public void NamespacesThatHideNothingPass(string line) =>
        Assert.Equal(ParseStatus.Complete, CpimHeaderBlock.Scan(CpimVectors.WithHeaders(line), out _));

    [Fact]
    public void EightKibibytesAreTheLimit()
    {
        static byte[] Block(int length) => WireText.Crlf("Subject: " + new string('x', length - 13) + "\r\n\r\n");

        Assert.Equal(CpimHeaderBlock.MaximumLength, Scan(Block(CpimHeaderBlock.MaximumLength)).Length);
        Assert.Equal(ParseStatus.Malformed, Scan(Block(CpimHeaderBlock.MaximumLength + 1)).Status);
        Assert.Equal(ParseStatus.Malformed, Scan(new byte[100_000].AsSpan()).Status);
        Assert.Equal(ParseStatus.NeedMoreData, Scan(Enumerable.Repeat((byte)'x', CpimHeaderBlock.MaximumLength - 1).ToArray()).Status);
        Assert.Equal(ParseStatus.Malformed, Scan(Enumerable.Repeat((byte)'x', CpimHeaderBlock.MaximumLength).ToArray()).Status);
    }

    /// <summary>No change of a byte may make the scan and the whole reader disagree on who the sender is.</summary>
    [Fact]
    public void TheWholeReaderFindsTheSameSender()
    {
        foreach (var body in WireText.Mutations(CpimVectors.Full))
        {
            var scan = Scan(body);
            if (CpimMessage.TryParse(body, out var message))
            {
                Assert.Equal(ParseStatus.Complete, scan.Status);
                Assert.Equal(scan.FromCount == 1 ? scan.From : "", message.From?.Uri ?? "");
                Assert.Equal(scan.ToCount, message.To.Count);
                Assert.Equal(scan.To, message.To.Select(to => to.Uri).FirstOrDefault() ?? "");
            }
        }
    }

    [Fact]
    public void ScanningAllocatesNothing()
    {
        byte[] full = CpimVectors.Full, refused = CpimVectors.WithHeaders("From: <a> <b>");
        static void ScanAll(byte[] first, byte[] second)
        {
            for (var i = 0; i < 1000; i++)
            {
                CpimHeaderBlock.Scan(first, out _);
                CpimHeaderBlock.Scan(second, out _);
            }
        }

        ScanAll(full, refused);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScanAll(full, refused);

        // The runtime may compile the code anew meanwhile, which is some kilobytes; the smallest object for each scan would be 24,000 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000);
    }
}
