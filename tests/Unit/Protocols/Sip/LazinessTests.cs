using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>"A message that is only routed parses no header it does not need and allocates nothing for it."</summary>
public sealed class LazinessTests
{
    private const string ManyHeaders =
        "Contact: \"Alice\" <sip:alice@192.0.2.1:5060;transport=tcp>;expires=600;+sip.instance=\"<urn:uuid:1>\"\r\n" +
        "Supported: path, outbound, gruu, timer\r\n" +
        "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, REFER, NOTIFY, SUBSCRIBE\r\n" +
        "P-Asserted-Identity: \"Alice\" <sip:alice@example.com>, <tel:+12015550123>\r\n" +
        "Subject: lunch\r\n" +
        "Event: conference;id=7\r\n" +
        "Accept-Contact: *;+g.oma.sip-im;require;explicit\r\n";

    [Fact]
    public void ReadingAMessageAllocatesItsBytesAndItsTableOnly()
    {
        var small = SipTexts.Options();
        var large = SipTexts.Options(ManyHeaders);
        var allocated = Allocated(large, Read) - Allocated(small, Read);

        // Seven more headers: their octets, and seven more entries of the table. No string, no header object.
        var octets = large.Length - small.Length;
        Assert.InRange(allocated, octets, octets + (7 * 64));
    }

    [Fact]
    public void AHeaderCostsNothingBeforeItIsAskedFor()
    {
        Assert.True(AllocatedBy(message => message.Subject) > 0); // the first time it is read
        Assert.Equal(0, AllocatedBy(message => message.Headers.Contains(SipHeaderId.Contact)));
        Assert.Equal(0, AllocatedBy(message => message.Headers.Get(SipHeaderId.PAssertedIdentity).Length));
        Assert.Equal(0, AllocatedBy(message => message.Date)); // absent
    }

    [Fact]
    public void AHeaderIsReadOnce()
    {
        var message = Read(SipTexts.Options(ManyHeaders));
        Assert.NotNull(message.From);
        Assert.Equal(2, message.PAssertedIdentities.Count);
        Assert.Equal(0, Allocated(message, read => read.From));
        Assert.Equal(0, Allocated(message, read => read.PAssertedIdentities));
    }

    [Fact]
    public void TheTopViaIsReadWithoutTheOthers()
    {
        var others = string.Concat(Enumerable.Repeat("Via: SIP/2.0/UDP host.example.com:5060;branch=z9hG4bK1\r\n", 60));
        Assert.Equal(AllocatedBy(message => message.Via), AllocatedBy(message => message.Via, others));
    }

    [Fact]
    public void FramingAHeadThatIsNotCompleteAllocatesNothing()
    {
        var bytes = SipTexts.Options(ManyHeaders, "body")[..^1];
        Assert.Equal(0, Allocated(bytes, cut => SipReader.ReadStream(cut, SipLimits.Default, out _, out _, out _)));
    }

    private static SipMessage Read(byte[] bytes)
    {
        SipReader.ReadStream(bytes, SipLimits.Default, out _, out var message, out _);
        return message!;
    }

    /// <summary>What the first look at a fresh message costs.</summary>
    private static long AllocatedBy<T>(Func<SipMessage, T> action, string headers = ManyHeaders)
    {
        var bytes = SipTexts.Options(headers);
        action(Read(bytes)); // what is made once a process, such as delegates, is made here
        return Measure(Read(bytes), action);
    }

    private static long Allocated<TInput, T>(TInput input, Func<TInput, T> action)
    {
        action(input);
        return Measure(input, action);
    }

    private static long Measure<TInput, T>(TInput input, Func<TInput, T> action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action(input);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
