using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>
/// The files of Corpus/Sip/rejections: REJECTION[.what].sip, each refused for the reason it is named after, as a datagram
/// and on a stream alike; .datagram and .stream where the reason is one of these only.
/// </summary>
public sealed class SipRejectionTests
{
    public static TheoryData<string> Datagrams => Cases(".datagram");

    public static TheoryData<string> Streams => Cases(".stream");

    public static TheoryData<SipRejection> Reasons => [.. Enum.GetValues<SipRejection>().Where(rejection => rejection != SipRejection.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void EveryReasonHasACaseAnAnswerAndAPhrase(SipRejection rejection)
    {
        Assert.Contains(SipCorpus.Files("rejections"), file => ExpectedOf(file) == rejection);
        Assert.InRange(SipRejections.StatusCode(rejection), 400, 599);
        Assert.NotEmpty(SipRejections.Phrase(rejection));
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void ADatagramIsRefusedForItsReason(string file)
    {
        var status = SipReader.ReadDatagram(SipCorpus.Read(file), SipLimits.Default, out var message, out var rejection);
        Assert.NotEqual(ParseStatus.NeedMoreData, status);
        Assert.Equal(ExpectedOf(file), status == ParseStatus.Complete ? SipSanity.Check(message!) : rejection);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void AStreamIsRefusedForItsReasonHoweverItIsSplit(string file)
    {
        var bytes = SipCorpus.Read(file);
        var whole = StreamRun.Whole(bytes);
        Assert.StartsWith($"{ExpectedOf(file)}: ", whole.Events[0], StringComparison.Ordinal);
        Assert.Equal(SipRejections.CloseStream(ExpectedOf(file)), whole.IsClosed);
        Assert.Equal(whole.Events[0], StreamRun.ByteByByte(bytes).Events[0]);
        for (var offset = 1; offset < bytes.Length; offset += 1 + (bytes.Length / 500))
        {
            Assert.Equal(whole.Events[0], StreamRun.Split(bytes, offset).Events[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void AfterARefusalThatKeepsTheFramingTheNextMessageIsRead(string file)
    {
        if (SipRejections.CloseStream(ExpectedOf(file)))
        {
            return; // asserted above: nothing is read behind it
        }

        byte[] next = [.. SipCorpus.Read(file), .. SipTexts.Options()];
        Assert.StartsWith($"{SipRejection.None}: OPTIONS ", StreamRun.Whole(next).Events[1], StringComparison.Ordinal);
    }

    private static SipRejection ExpectedOf(string file) => Enum.Parse<SipRejection>(Path.GetFileName(file).Split('.')[0]);

    private static TheoryData<string> Cases(string extension)
        => [.. SipCorpus.Files("rejections").Where(file => Path.GetExtension(file) is ".sip" || Path.GetExtension(file) == extension)];
}
