using System.Globalization;
using System.Text;
using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

[Trait("Section", "RFC 5547 6")]
public sealed class FileTransferTests
{
    private const string Hash = "sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E";

    /// <summary>After the first example of RFC 5547 section 9.1.</summary>
    private const string Lines = $"""
        a=sendonly
        a=file-selector:name:"My cool picture.jpg" type:image/jpeg size:4092 hash:{Hash}
        a=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd
        a=file-disposition:attachment
        a=file-date:creation:"Mon, 15 May 2006 15:01:31 +0300"
        a=file-icon:cid:id2@alicepc.example.com
        a=file-range:1-4092
        """;

    private static FileSelector Selector(string text)
    {
        Assert.True(FileSelector.TryParse(text, out var selector));
        return selector;
    }

    [Fact]
    public void TheExampleOfTheRfcIsReadAndWrittenAgain()
    {
        var offer = SdpVectors.OfferWith(("a=setup:actpass", Lines));
        Assert.True(MsrpOfferAnswer.TryReadFileOffer(offer, out var media));
        var file = media.File!;
        Assert.Equal(("My cool picture.jpg", "image/jpeg", 4092L), (file.Selector.Name, file.Selector.MediaType, file.Selector.Size));
        Assert.Equal(Hash, Assert.Single(file.Selector.Hashes).ToString());
        Assert.Equal(("vBnG916bdberum2fFEABR1FR3ExZMUrd", "attachment", "id2@alicepc.example.com"), (file.TransferId, file.Disposition, file.Icon));
        Assert.Equal(new FileDates(Creation: new DateTimeOffset(2006, 5, 15, 15, 1, 31, TimeSpan.FromHours(3))), file.Dates);
        Assert.Equal(new FileRange(1, 4092), file.Range);
        Assert.Equal(MediaDirection.SendOnly, media.Direction);

        var written = MsrpOfferAnswer.Offer(new MsrpLocal { Media = media, Origin = offer.Origin });
        Assert.True(MsrpOfferAnswer.TryReadFileOffer(SdpVectors.Parse(WireText.Text(written.ToBytes())), out var again));
        Assert.Equal(file, again.File);
    }

    [Fact]
    public void AFileIsAnsweredByWhoTakesFilesAndByNobodyElse()
    {
        var offer = SdpVectors.OfferWith(("a=setup:actpass", Lines));
        var taker = SdpVectors.Room with
        {
            Media = SdpVectors.Room.Media with { File = new FileTransfer { Selector = Selector($"hash:{Hash}"), TransferId = "t1" }, Direction = MediaDirection.ReceiveOnly },
        };
        var outcome = MsrpOfferAnswer.Answer(offer, taker);
        Assert.True(outcome.IsAccepted);
        Assert.Equal("hash:" + Hash, outcome.Answer.Media[0].Attribute("file-selector"));
        Assert.Equal("t1", outcome.Answer.Media[0].Attribute("file-transfer-id"));
        Assert.Equal("", outcome.Answer.Media[0].Attribute("recvonly"));
        Assert.True(MsrpOfferAnswer.TryReadAnswer(outcome.Answer, out _, ofFile: true));
        Assert.False(MsrpOfferAnswer.TryReadAnswer(outcome.Answer, out _));
        Assert.Equal(SdpRejection.NoMsrpMedia, MsrpOfferAnswer.Answer(offer, SdpVectors.Room).Rejection);
        Assert.Equal(SdpRejection.NoMsrpMedia, MsrpOfferAnswer.Answer(SdpVectors.Parse(SdpVectors.Offer), taker).Rejection);
        Assert.False(MsrpOfferAnswer.TryReadFileOffer(SdpVectors.Parse(SdpVectors.Offer), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("size:0")]
    [InlineData("name:\"a\"")]
    [InlineData("name:\"100%25 %22sure%22%0D%0A%00.txt\"")]
    [InlineData("name:\"Größe ж 日本.txt\" size:9223372036854775807")]
    [InlineData("type:text/plain;charset=\"utf 8\" size:1")]
    [InlineData("hash:sha-1:00 hash:sha-256:FF:00")]
    [InlineData("name:\"../../etc/passwd\"")]
    public void SelectorsThatGoBothWays(string text) => Assert.Equal(text, Selector(text).ToString());

    [Theory]
    [InlineData("name:\"a%2Ab\"", "name:\"a*b\"")]
    [InlineData("size:1  hash:SHA-1:ab", "size:1 hash:sha-1:AB")]
    [InlineData("size:1 future:\"a b\" type:a/b x", "type:a/b size:1")]
    public void SelectorsThatAreWrittenInOurWay(string text, string expected) => Assert.Equal(expected, Selector(text).ToString());

    [Theory]
    [InlineData("name:")]
    [InlineData("name:\"\"")]
    [InlineData("name:a")]
    [InlineData("name:\"a")]
    [InlineData("name:\"a\"b")]
    [InlineData("name:\"a%\"")]
    [InlineData("name:\"a%4\"")]
    [InlineData("name:\"a%GG\"")]
    [InlineData("name:\"a%FF\"")]
    [InlineData("name:\"a\" name:\"b\"")]
    [InlineData("size:")]
    [InlineData("size:-1")]
    [InlineData("size:+1")]
    [InlineData("size:٥")]
    [InlineData("size:9223372036854775808")]
    [InlineData("size:1 size:1")]
    [InlineData("type:")]
    [InlineData("type:image")]
    [InlineData("type:/jpeg")]
    [InlineData("type:image/jpeg type:image/png")]
    [InlineData("type:a/b;c=\"d")]
    [InlineData("hash:")]
    [InlineData("hash:sha-1")]
    [InlineData("hash:sha-1:")]
    [InlineData("hash:sha-1:7")]
    [InlineData("hash:sha-1:72:")]
    [InlineData("hash:sha-1:72;24")]
    [InlineData("hash:sha-1:7G")]
    [InlineData("hash:sha 1:72")]
    [InlineData("hash:a:1 hash:a:00")]
    [InlineData("hash:a:00 hash:a:00 hash:a:00 hash:a:00 hash:a:00 hash:a:00 hash:a:00 hash:a:00 hash:a:00")]
    public void SelectorsThatAreRefused(string text) => Assert.False(FileSelector.TryParse(text, out _), text);

    [Fact]
    public void LengthsHaveLimits()
    {
        Assert.True(FileSelector.TryParse($"name:\"{new string('a', 255)}\"", out _));
        Assert.False(FileSelector.TryParse($"name:\"{new string('a', 256)}\"", out _));
        Assert.True(FileSelector.TryParse("hash:x" + string.Concat(Enumerable.Repeat(":00", 128)), out _));
        Assert.False(FileSelector.TryParse("hash:x" + string.Concat(Enumerable.Repeat(":00", 129)), out _));
        Assert.False(FileSelector.TryParse("type:a/" + new string('b', 300), out _));
    }

    [Theory]
    [InlineData("1-100", 1L, 100L)]
    [InlineData("5-*", 5L, null)]
    [InlineData(" 101-100 ", 101L, 100L)]
    public void Ranges(string text, long start, long? end)
    {
        Assert.True(FileRange.TryParse(text, out var range));
        Assert.Equal(new FileRange(start, end), range);
        Assert.Equal(text.Trim(), range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-5")]
    [InlineData("0-5")]
    [InlineData("5-3")]
    [InlineData("*-5")]
    [InlineData("1-5-6")]
    [InlineData("1-99999999999999999999")]
    [InlineData("1 - 5")]
    public void RangesThatAreRefused(string text) => Assert.False(FileRange.TryParse(text, out _), text);

    [Theory]
    [InlineData("creation:\"Mon, 15 May 2006 15:01:31 +0300\" modification:\"16 May 2006 00:00 +0000\" read:\"Tue, 6 Jun 2006 06:06:06 GMT\"", "2006-05-15T12:01:31|2006-05-16T00:00:00|2006-06-06T06:06:06")]
    [InlineData("creation:\"today\" other:\"x y\"", "||")]
    [InlineData("creation:today", "||")]
    public void Dates(string text, string expected)
    {
        Assert.True(FileDates.TryParse(text, out var dates));
        string Text(DateTimeOffset? date) => date?.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) ?? "";
        Assert.Equal(expected, $"{Text(dates.Creation)}|{Text(dates.Modification)}|{Text(dates.Read)}");
        Assert.True(FileDates.TryParse(dates.ToString(), out var again));
        Assert.Equal(dates, again);
    }

    [Theory]
    [InlineData("a=file-transfer-id:a b")]
    [InlineData("a=file-transfer-id:")]
    [InlineData("a=file-disposition:a/b")]
    [InlineData("a=file-range:5-3")]
    [InlineData("a=file-selector:size:x")]
    public void ASectionWithABrokenAttributeIsRefused(string line) => Assert.False(Read(line.StartsWith("a=file-selector", StringComparison.Ordinal) ? line : "a=file-selector\n" + line, out _));

    [Theory]
    [InlineData("a=file-icon:http://x/y")]
    [InlineData("a=file-icon:cid:")]
    [InlineData("a=file-date:creation:\"x")]
    public void ABrokenIconOrDateIsLeftOut(string line)
    {
        Assert.True(Read("a=file-selector\n" + line, out var file));
        Assert.Equal(new FileTransfer { Selector = new FileSelector() }, file);
    }

    [Fact]
    public void WhatCannotStandInADescriptionIsNotWritten()
    {
        Assert.Throws<ArgumentException>(() => new FileSelector { MediaType = "image jpeg" }.ToString());
        Assert.Throws<ArgumentException>(() => new FileSelector { Name = "" }.ToString());
        Assert.Throws<ArgumentException>(() => new FileTransfer { Selector = new FileSelector(), TransferId = "a\r\nb" }.ToSdp().ToList());
        Assert.Equal("cid:a%20b@c", new FileTransfer { Selector = new FileSelector(), Icon = "a b@c" }.ToSdp().Last().Value);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgainAndNoChangeOfAByteThrows()
    {
        var random = new Random(5547);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.NextBytes(bytes);
            var selector = new FileSelector
            {
                Name = random.Next(3) == 0 ? null : string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => "a.%\"\r\n\0 /\\:äж€"[random.Next(14)])),
                MediaType = random.Next(3) == 0 ? null : "image/x-" + random.Next(),
                Size = random.Next(3) == 0 ? null : random.NextInt64(),
                Hashes = random.Next(3) == 0 ? [] : [FileHash.Of(bytes), FileHash.Of(bytes, "sha-256")],
            };
            var text = selector.ToString();
            Assert.Equal(selector, Selector(text));
            foreach (var changed in WireText.Mutations(Encoding.UTF8.GetBytes(text), step: 7))
            {
                _ = FileSelector.TryParse(Encoding.UTF8.GetString(changed), out _);
            }
        }
    }

    private static bool Read(string lines, out FileTransfer? file) =>
        FileTransfer.TryRead(SdpVectors.OfferWith(("a=setup:actpass", lines)).Media[0], out file);
}
