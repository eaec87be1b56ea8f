using OmaIm.Protocols.Sdp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

/// <summary>The descriptions inside the SIP messages of RFC 4475 and RFC 5118, from "v=0" to the end of the vector.</summary>
public sealed class SdpTortureTests
{
    private static readonly string Corpus = Path.Combine(Repository.Root, "tests/Unit/Corpus/Sip");

    public static TheoryData<string> Vectors => new(
        from folder in new[] { "rfc4475", "rfc5118" }
        from file in Directory.EnumerateFiles(Path.Combine(Corpus, folder)).Order(StringComparer.Ordinal)
        where Find(File.ReadAllBytes(file)) > 0
        select folder + "/" + Path.GetFileName(file));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void AnotherMediumIsReadAndRefusedByItsReason(string vector)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Corpus, vector));
        var isRead = SessionDescription.TryParse(bytes.AsSpan(Find(bytes)), out var offer);

        // dblreq holds a second message behind its end, and that one writes "m =video".
        Assert.Equal(vector != "rfc4475/dblreq.dat", isRead);
        if (isRead)
        {
            Assert.Contains(offer!.Media, media => media.Media is "audio" or "video");
            Assert.Equal(SdpRejection.NoMsrpMedia, MsrpOfferAnswer.Answer(offer, SdpVectors.Room).Rejection);
        }
    }

    [Fact]
    public void IPv6AddressesAreReadAtBothLevels()
    {
        Assert.Equal("2001:db8::20", Read("rfc5118/ipv6-in-sdp").ConnectionAddress);
        Assert.Equal("::ffff:192.0.2.2", Read("rfc5118/ipv4-mapped-ipv6").ConnectionAddress);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], Read("rfc5118/mult-ip-in-sdp").Media.Select(media => media.ConnectionAddress));
    }

    private static SessionDescription Read(string vector)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Corpus, vector));
        Assert.True(SessionDescription.TryParse(bytes.AsSpan(Find(bytes)), out var description));
        return description;
    }

    private static int Find(byte[] bytes) => bytes.AsSpan().IndexOf("v=0"u8);
}
