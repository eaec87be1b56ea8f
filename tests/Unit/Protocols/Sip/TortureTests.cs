using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>
/// RFC 4475 and RFC 5118, every vector unmodified: what reader and sanity check say of it. Where they say None to a vector
/// that is refused for its meaning (415, 420, 483...), the note names who refuses it.
/// </summary>
public sealed class TortureTests
{
    /// <summary>Vector, verdict as a datagram, verdict as the first message of a stream where it differs.</summary>
    public static readonly TheoryData<string, SipRejection, SipRejection> Vectors = new()
    {
        // RFC 4475 section 3.1.1: valid messages
        { "rfc4475/wsinv.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/intmeth.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/esc01.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/escnull.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/esc02.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/lwsdisp.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/longreq.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/dblreq.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/semiuri.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/transports.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/mpart01.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/unreason.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/noreason.dat", SipRejection.None, SipRejection.None },

        // section 3.1.2: invalid messages
        { "rfc4475/badinv01.dat", SipRejection.BadVia, SipRejection.BadVia },
        { "rfc4475/clerr.dat", SipRejection.TruncatedBody, SipRejection.None }, // a stream waits for the rest
        { "rfc4475/ncl.dat", SipRejection.BadContentLength, SipRejection.BadContentLength },
        { "rfc4475/scalar02.dat", SipRejection.BadCSeq, SipRejection.BadCSeq },
        { "rfc4475/scalarlg.dat", SipRejection.BadCSeq, SipRejection.BadCSeq },
        { "rfc4475/quotbal.dat", SipRejection.BadTo, SipRejection.BadTo },
        { "rfc4475/ltgtruri.dat", SipRejection.BadRequestUri, SipRejection.BadRequestUri },
        { "rfc4475/lwsruri.dat", SipRejection.BadStartLine, SipRejection.BadStartLine },
        { "rfc4475/lwsstart.dat", SipRejection.BadStartLine, SipRejection.BadStartLine },
        { "rfc4475/trws.dat", SipRejection.BadStartLine, SipRejection.BadStartLine },
        { "rfc4475/escruri.dat", SipRejection.BadRequestUri, SipRejection.BadRequestUri },
        { "rfc4475/baddate.dat", SipRejection.None, SipRejection.None }, // Date is null, nobody relies on it
        { "rfc4475/regbadct.dat", SipRejection.BadContact, SipRejection.BadContact },
        { "rfc4475/badaspec.dat", SipRejection.BadTo, SipRejection.BadTo },
        { "rfc4475/baddn.dat", SipRejection.IncompleteHead, SipRejection.None }, // the file lacks the blank line: a stream waits
        { "rfc4475/badvers.dat", SipRejection.UnsupportedVersion, SipRejection.UnsupportedVersion },
        { "rfc4475/mismatch01.dat", SipRejection.CSeqMethodMismatch, SipRejection.CSeqMethodMismatch },
        { "rfc4475/mismatch02.dat", SipRejection.CSeqMethodMismatch, SipRejection.CSeqMethodMismatch },
        { "rfc4475/bigcode.dat", SipRejection.BadStatusCode, SipRejection.BadStatusCode },

        // section 3.2: transaction layer
        { "rfc4475/badbranch.dat", SipRejection.None, SipRejection.None }, // matched as RFC 2543 says: HasUniqueBranch is false

        // section 3.3: application layer
        { "rfc4475/insuf.dat", SipRejection.MissingFrom, SipRejection.MissingFrom },
        { "rfc4475/unkscm.dat", SipRejection.UnsupportedUriScheme, SipRejection.UnsupportedUriScheme },
        { "rfc4475/novelsc.dat", SipRejection.UnsupportedUriScheme, SipRejection.UnsupportedUriScheme },
        { "rfc4475/unksm2.dat", SipRejection.None, SipRejection.None }, // registrar: 404
        { "rfc4475/bext01.dat", SipRejection.None, SipRejection.None }, // server: 420
        { "rfc4475/invut.dat", SipRejection.None, SipRejection.None }, // server: 415
        { "rfc4475/regaut01.dat", SipRejection.None, SipRejection.None }, // admission: 401, as without credentials
        { "rfc4475/multi01.dat", SipRejection.BadFrom, SipRejection.BadFrom },
        { "rfc4475/mcl01.dat", SipRejection.BadContentLength, SipRejection.BadContentLength },
        { "rfc4475/bcast.dat", SipRejection.None, SipRejection.None }, // transport: not our sent-by, dropped
        { "rfc4475/zeromf.dat", SipRejection.None, SipRejection.None }, // forwarding: 483
        { "rfc4475/cparam01.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/cparam02.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/regescrt.dat", SipRejection.None, SipRejection.None },
        { "rfc4475/sdp01.dat", SipRejection.None, SipRejection.None }, // sessions: 406
        { "rfc4475/inv2543.dat", SipRejection.None, SipRejection.MissingContentLength },

        // RFC 5118
        { "rfc5118/ipv6-good", SipRejection.None, SipRejection.None },
        { "rfc5118/ipv6-bad", SipRejection.BadRequestUri, SipRejection.BadRequestUri },
        { "rfc5118/port-ambiguous", SipRejection.None, SipRejection.None },
        { "rfc5118/port-unambiguous", SipRejection.None, SipRejection.None },
        { "rfc5118/via-received-param-with-delim", SipRejection.None, SipRejection.None },
        { "rfc5118/via-received-param-no-delim", SipRejection.None, SipRejection.None },
        { "rfc5118/ipv6-in-sdp", SipRejection.None, SipRejection.None },
        { "rfc5118/mult-ip-in-header", SipRejection.None, SipRejection.None },
        { "rfc5118/mult-ip-in-sdp", SipRejection.None, SipRejection.None },
        { "rfc5118/ipv4-mapped-ipv6", SipRejection.None, SipRejection.None },
        { "rfc5118/ipv6-bug-abnf-3-colons", SipRejection.BadTo, SipRejection.BadTo },
        { "rfc5118/ipv6-correct-abnf-2-colons", SipRejection.None, SipRejection.None },
    };

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var vector in SipCorpus.Files("rfc4475").Concat(SipCorpus.Files("rfc5118")))
            {
                names.Add(vector);
            }

            return names;
        }
    }

    [Fact]
    public void EveryFileOfTheCorporaHasItsRow()
    {
        var rows = Vectors.Cast<object[]>().Select(row => (string)row[0]).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(Names.Cast<object[]>().Select(row => (string)row[0]).Order(StringComparer.Ordinal), rows);
        Assert.Equal(49 + 12, rows.Length);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void AVectorAsADatagramHasItsVerdict(string vector, SipRejection expected, SipRejection expectedOnStream)
    {
        _ = expectedOnStream;
        var status = SipReader.ReadDatagram(SipCorpus.Read(vector), SipLimits.Default, out var message, out var rejection);
        if (status == ParseStatus.Complete)
        {
            rejection = SipSanity.Check(message!);
        }

        Assert.Equal(expected, rejection);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void AVectorOnAStreamHasItsVerdict(string vector, SipRejection expected, SipRejection expectedOnStream)
    {
        _ = expected;
        var run = StreamRun.Whole(SipCorpus.Read(vector));
        if (run.Events.Count == 0)
        {
            Assert.True(run.IsInsideMessage);
            Assert.Equal(SipRejection.None, expectedOnStream);
        }
        else
        {
            Assert.StartsWith($"{expectedOnStream}: ", run.Events[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnUnquotedDisplayNameWithACommaIsRefusedOnceTheHeadIsComplete()
    {
        byte[] completed = [.. SipCorpus.Read("rfc4475/baddn.dat"), .. "\r\n"u8];
        SipReader.ReadDatagram(completed, SipLimits.Default, out var message, out _);
        Assert.Equal(SipRejection.BadFrom, SipSanity.Check(message!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStreamReadsTheSameHoweverItIsSplit(string vector)
    {
        var bytes = SipCorpus.Read(vector);
        var whole = StreamRun.Whole(bytes).Events;
        Assert.Equal(whole, StreamRun.ByteByByte(bytes).Events);
        for (var offset = 1; offset < bytes.Length; offset++)
        {
            Assert.Equal(whole, StreamRun.Split(bytes, offset).Events);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStreamCutOffByACloseYieldsNothingThatWasNotWhole(string vector)
    {
        var bytes = SipCorpus.Read(vector);
        var whole = StreamRun.Whole(bytes).Events;
        for (var length = 1; length < bytes.Length; length++)
        {
            var cut = StreamRun.Whole(bytes[..length]);
            Assert.Equal(whole.Take(cut.Events.Count), cut.Events);
            Assert.True(cut.Events.Count > 0 || cut.IsInsideMessage);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ADatagramCutOffIsRefusedUnlessItsEndIsNotStated(string vector)
    {
        var bytes = SipCorpus.Read(vector);
        for (var length = 1; length < bytes.Length; length++)
        {
            var status = SipReader.ReadDatagram(bytes.AsSpan(0, length), SipLimits.Default, out var message, out _);
            var isStated = message?.Headers.Contains(SipHeaderId.ContentLength) ?? false;
            Assert.NotEqual(ParseStatus.NeedMoreData, status);
            Assert.True(status == ParseStatus.Malformed || !isStated || message!.Body.Length == message.ContentLength!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AMessageWrittenReadsAsTheSame(string vector)
    {
        if (SipReader.ReadDatagram(SipCorpus.Read(vector), SipLimits.Default, out var first, out _) != ParseStatus.Complete)
        {
            return; // refused: nothing is ever written of it
        }

        var written = first!.ToArray();
        Assert.Equal(ParseStatus.Complete, SipReader.ReadDatagram(written, SipLimits.Default, out var second, out _));
        Assert.Equal(written, second!.ToArray());
        Assert.Equal(SipSanity.Check(first), SipSanity.Check(second));
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
        Assert.Equal(first.From?.ToString(), second.From?.ToString());
        Assert.Equal(first.Vias.Select(via => via.ToString()), second.Vias.Select(via => via.ToString()));
        Assert.Equal(first.Contacts.Select(contact => contact.ToString()), second.Contacts.Select(contact => contact.ToString()));
    }
}
