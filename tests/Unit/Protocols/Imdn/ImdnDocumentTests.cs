using System.Text;
using OmaIm.Protocols.Imdn;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Imdn;

[Trait("Section", "RFC 5438 11.1")]
public sealed class ImdnDocumentTests
{
    private const string Namespace = "xmlns=\"urn:ietf:params:xml:ns:imdn\"";

    /// <summary>After the example of RFC 5438 section 7.2.1.1.</summary>
    private const string Document = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <imdn {Namespace}>
          <message-id>34jk324j</message-id>
          <datetime>2008-04-04T12:16:49-05:00</datetime>
          <recipient-uri>im:bob@example.com</recipient-uri>
          <original-recipient-uri>im:bob_smith@example.com</original-recipient-uri>
          <subject>lunch &amp; more</subject>
          <delivery-notification>
            <status>
              <delivered/>
            </status>
          </delivery-notification>
        </imdn>
        """;

    private static ImdnDocument? Parse(string document) =>
        ImdnDocument.TryParse(Encoding.UTF8.GetBytes(document), out var imdn) ? imdn : null;

    private static string Minimal(string id, string notification) => $"<imdn {Namespace}><message-id>{id}</message-id>{notification}</imdn>";

    [Fact]
    public void ReadsTheExampleOfTheRfc() => Assert.Equal(
        new ImdnDocument
        {
            MessageId = "34jk324j",
            DateTime = new DateTimeOffset(2008, 4, 4, 12, 16, 49, TimeSpan.FromHours(-5)),
            RecipientUri = "im:bob@example.com",
            OriginalRecipientUri = "im:bob_smith@example.com",
            Subject = "lunch & more",
            Kind = ImdnKind.Delivery,
            Status = ImdnStatus.Delivered,
        },
        Parse(Document));

    [Theory]
    [InlineData("delivery-notification", "delivered", ImdnKind.Delivery, ImdnStatus.Delivered)]
    [InlineData("delivery-notification", "failed", ImdnKind.Delivery, ImdnStatus.Failed)]
    [InlineData("delivery-notification", "forbidden", ImdnKind.Delivery, ImdnStatus.Forbidden)]
    [InlineData("delivery-notification", "error", ImdnKind.Delivery, ImdnStatus.Error)]
    [InlineData("display-notification", "displayed", ImdnKind.Display, ImdnStatus.Displayed)]
    [InlineData("display-notification", "forbidden", ImdnKind.Display, ImdnStatus.Forbidden)]
    [InlineData("display-notification", "error", ImdnKind.Display, ImdnStatus.Error)]
    [InlineData("processing-notification", "processed", ImdnKind.Processing, ImdnStatus.Processed)]
    [InlineData("processing-notification", "stored", ImdnKind.Processing, ImdnStatus.Stored)]
    [InlineData("processing-notification", "forbidden", ImdnKind.Processing, ImdnStatus.Forbidden)]
    [InlineData("processing-notification", "error", ImdnKind.Processing, ImdnStatus.Error)]
    public void EveryStatusOfEveryKind(string element, string word, ImdnKind kind, ImdnStatus status)
    {
        var read = Parse(Minimal("a", $"<{element}><status><{word}/></status></{element}>"));
        Assert.Equal(new ImdnDocument { MessageId = "a", Kind = kind, Status = status }, read);
        Assert.True(ImdnDocument.TryParse(read!.ToBytes(), out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("spaces around the id", "<message-id> a </message-id><datetime>2012-06-07T17:40:31</datetime><delivery-notification><status><delivered/></status></delivery-notification>")]
    [InlineData("another order", "<delivery-notification><status><delivered/></status></delivery-notification><message-id>a</message-id>")]
    [InlineData("a time that is none", "<message-id>a</message-id><datetime>yesterday</datetime><delivery-notification><status><delivered/></status></delivery-notification>")]
    [InlineData("a reason inside and foreign elements", "<x:reason xmlns:x=\"urn:x\">1</x:reason><message-id>a</message-id><delivery-notification><status><delivered><x:y xmlns:x=\"urn:x\"/></delivered></status><reason-code>0</reason-code></delivery-notification>")]
    public void WhatClientsSendIsRead(string name, string content) =>
        Assert.True(Parse($"<imdn {Namespace}>{content}</imdn>") is { MessageId: "a", Status: ImdnStatus.Delivered }, name);

    [Theory]
    [InlineData("no XML", "delivered")]
    [InlineData("another root", "<a/>")]
    [InlineData("no namespace", "<imdn><message-id>a</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>")]
    [InlineData("no id", $"<imdn {Namespace}><delivery-notification><status><delivered/></status></delivery-notification></imdn>")]
    [InlineData("an empty id", $"<imdn {Namespace}><message-id> </message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>")]
    [InlineData("no notification", $"<imdn {Namespace}><message-id>a</message-id></imdn>")]
    [InlineData("no status", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification/></imdn>")]
    [InlineData("an empty status", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status/></delivery-notification></imdn>")]
    [InlineData("an unknown status", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status><lost/></status></delivery-notification></imdn>")]
    [InlineData("a status of another kind", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status><displayed/></status></delivery-notification></imdn>")]
    [InlineData("a status of another namespace", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status><delivered xmlns=\"urn:x\"/></status></delivery-notification></imdn>")]
    [InlineData("two statuses", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status><failed/><delivered/></status></delivery-notification></imdn>")]
    [InlineData("two notifications", $"<imdn {Namespace}><message-id>a</message-id><delivery-notification><status><delivered/></status></delivery-notification><display-notification><status><displayed/></status></display-notification></imdn>")]
    [InlineData("a revocation (GSMA), which is none of ours", $"<imdn {Namespace}><message-id>a</message-id><status><revoked xmlns=\"urn:x\"/></status></imdn>")]
    [InlineData("a DTD", $"<!DOCTYPE imdn [<!ENTITY a \"b\">]><imdn {Namespace}><message-id>&a;</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>")]
    public void Refused(string name, string document) => Assert.True(Parse(document) is null, name);

    [Fact]
    public void LengthsHaveLimits()
    {
        const string Delivered = "<delivery-notification><status><delivered/></status></delivery-notification>";
        Assert.NotNull(Parse(Minimal(new string('a', ImdnDocument.MaximumIdLength), Delivered)));
        Assert.Null(Parse(Minimal(new string('a', ImdnDocument.MaximumIdLength + 1), Delivered)));
        Assert.NotNull(Parse(Minimal("a", $"<subject>{new string('s', 15_000)}</subject>{Delivered}")));
        Assert.Null(Parse(Minimal("a", $"<subject>{new string('s', ImdnDocument.MaximumCharacters)}</subject>{Delivered}")));
    }

    [Fact]
    public void WritesTheElementsInTheOrderOfTheSchema() => Assert.Equal(
        $"""<?xml version="1.0" encoding="utf-8"?><imdn {Namespace}><message-id>a &lt; b</message-id><datetime>2026-02-07T10:00:00.250Z</datetime>"""
        + "<recipient-uri>sip:bob@localhost</recipient-uri><original-recipient-uri>sip:b@localhost</original-recipient-uri><subject>s</subject>"
        + "<processing-notification><status><stored /></status></processing-notification></imdn>",
        WireText.Text(new ImdnDocument
        {
            MessageId = "a < b",
            DateTime = new DateTimeOffset(2026, 2, 7, 12, 0, 0, 250, TimeSpan.FromHours(2)),
            RecipientUri = "sip:bob@localhost",
            OriginalRecipientUri = "sip:b@localhost",
            Subject = "s",
            Kind = ImdnKind.Processing,
            Status = ImdnStatus.Stored,
        }.ToBytes()));

    [Fact]
    public void WhatCannotBeIsNotWritten()
    {
        Assert.Throws<ArgumentException>(() => new ImdnDocument { MessageId = "a", Kind = ImdnKind.Delivery, Status = ImdnStatus.Displayed }.ToBytes());
        Assert.Throws<ArgumentException>(() => new ImdnDocument { MessageId = "\0", Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered }.ToBytes());
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var random = new Random(5438);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "aZ0 -<>&\"'äж€"[random.Next(13)])).Trim() is { Length: > 0 } text ? text : "x";
        var kinds = Enum.GetValues<ImdnKind>().SelectMany(kind => Enum.GetValues<ImdnStatus>().Select(status => (kind, status))).Where(pair => ImdnDocument.IsPossible(pair.kind, pair.status)).ToArray();
        for (var i = 0; i < 500; i++)
        {
            var (kind, status) = kinds[random.Next(kinds.Length)];
            var imdn = new ImdnDocument
            {
                MessageId = Text(),
                DateTime = random.Next(2) == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(4_000_000_000_000)),
                RecipientUri = random.Next(2) == 0 ? null : Text(),
                OriginalRecipientUri = random.Next(2) == 0 ? null : Text(),
                Subject = random.Next(2) == 0 ? null : Text(),
                Kind = kind,
                Status = status,
            };
            Assert.True(ImdnDocument.TryParse(imdn.ToBytes(), out var read));
            Assert.Equal(imdn, read);
        }
    }

    [Fact]
    public void EveryPrefixIsRefusedAndNoChangeOfAByteThrows()
    {
        var whole = Encoding.UTF8.GetBytes(Document);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(ImdnDocument.TryParse(whole.AsMemory(0, length), out _));
        }

        Assert.NotEmpty(WireText.Mutations(whole, step: 5).Where(document => ImdnDocument.TryParse(document, out _)).ToList());
    }
}
