using System.Text;
using OmaIm.Protocols.ResourceLists;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.ResourceLists;

public sealed class ResourceListTests
{
    private const string Namespaces = "xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"";

    /// <summary>After the example of RFC 5364 section 6.</summary>
    private const string Document = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <resource-lists {Namespaces} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <list>
            <entry uri="sip:bill@example.com" cp:copyControl="to" />
            <entry uri="sip:randy@example.net" cp:copyControl="to" cp:anonymize="true"/>
            <entry uri=" sip:eddy@example.com " cp:copyControl="to" cp:anonymize="1"><display-name>Eddy &amp; Co</display-name></entry>
            <list name="more">
              <entry uri="sip:joe@example.org" cp:copyControl="cc" />
              <entry uri="sip:carol@example.net" copyControl="cc" anonymize="false"/>
            </list>
            <external anchor="http://xcap.example.com/list"/>
            <entry-ref ref="resource-lists/users/x/index"/>
            <entry uri="tel:+15550101" cp:copyControl="bcc" />
            <entry uri="sip:andy@example.com;x=%20" />
            <x:entry xmlns:x="urn:other" uri="sip:not@example.com"/>
          </list>
        </resource-lists>
        """;

    private static IReadOnlyList<ResourceListEntry>? Parse(string document) =>
        ResourceList.TryParse(Encoding.UTF8.GetBytes(document), out var entries) ? entries : null;

    private static string List(string inside) => $"<resource-lists {Namespaces}><list>{inside}</list></resource-lists>";

    [Fact]
    public void ReadsTheEntriesOfAllListsInOrder() =>
        Assert.Equal(
            [
                new("sip:bill@example.com", CopyControl.To),
                new("sip:randy@example.net", CopyControl.To, Anonymize: true),
                new("sip:eddy@example.com", CopyControl.To, Anonymize: true, "Eddy & Co"),
                new("sip:joe@example.org", CopyControl.Cc),
                new("sip:carol@example.net", CopyControl.Cc),
                new("tel:+15550101", CopyControl.Bcc),
                new ResourceListEntry("sip:andy@example.com;x=%20"),
            ],
            Parse(Document)!);

    [Fact]
    public void AnEmptyListIsAList() => Assert.Empty(Parse(List(""))!);

    [Theory]
    [InlineData("no XML", "hello")]
    [InlineData("another root", "<a/>")]
    [InlineData("root without namespace", "<resource-lists><list/></resource-lists>")]
    public void OtherDocumentsAreRefused(string name, string document) => Assert.True(Parse(document) is null, name);

    [Theory]
    [InlineData("no uri", "<entry/>")]
    [InlineData("empty uri", "<entry uri=\"\"/>")]
    [InlineData("blank in the uri", "<entry uri=\"sip:a b@x\"/>")]
    [InlineData("line break in the uri", "<entry uri=\"sip:a&#13;&#10;@x\"/>")]
    [InlineData("unknown copyControl", "<entry uri=\"sip:a@x\" cp:copyControl=\"all\"/>")]
    [InlineData("cut off", "<entry uri=\"sip:a@x\">")]
    public void BrokenEntriesAreRefused(string name, string entry) => Assert.True(Parse(List(entry)) is null, name);

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void AUriHasALimit(int length, bool isAccepted) =>
        Assert.Equal(isAccepted, Parse(List($"<entry uri=\"sip:{new string('a', length - 4)}\"/>")) is not null);

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(101, 100, false)]
    [InlineData(3, 2, false)]
    public void ALongerListThanAllowedIsRefused(int count, int maximum, bool isAccepted)
    {
        var document = Encoding.UTF8.GetBytes(List(string.Concat(Enumerable.Repeat("<entry uri=\"sip:a@x\"/>", count))));
        Assert.Equal(isAccepted, ResourceList.TryParse(document, out _, maximum));
        Assert.Equal(100, ResourceList.DefaultMaximumEntries);
    }

    [Fact]
    public void ListsNestedTooDeepAreRefused()
    {
        static string Nested(int depth) => List(string.Concat(Enumerable.Repeat("<list>", depth)) + string.Concat(Enumerable.Repeat("</list>", depth)));

        Assert.NotNull(Parse(Nested(30)));
        Assert.Null(Parse(Nested(32)));
        Assert.Null(Parse(Nested(10_000)));
    }

    [Fact]
    public void EveryPrefixIsRefused()
    {
        var whole = Encoding.UTF8.GetBytes(Document);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(ResourceList.TryParse(whole.AsMemory(0, length), out _));
        }
    }

    [Fact]
    public void NoChangeOfAByteThrows() =>
        Assert.NotEmpty(WireText.Mutations(Encoding.UTF8.GetBytes(Document), step: 5).Where(document => ResourceList.TryParse(document, out _)).ToList());

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        ResourceListEntry[] entries =
        [
            new("sip:a&b@example.com", CopyControl.To, Anonymize: true, "<A> \"quoted\" & 'more' 👋"),
            new("sip:b@example.com", CopyControl.Cc),
            new("sip:c@example.com", CopyControl.Bcc),
            new("sip:d@example.com"),
        ];
        Assert.True(ResourceList.TryParse(ResourceList.Write(entries), out var read));
        Assert.Equal(entries, read);
    }

    [Fact]
    public void CharactersThatXmlCannotCarryAreRefused()
    {
        Assert.Throws<ArgumentException>(() => ResourceList.Write([new ResourceListEntry("sip:a\0@x")]));
        Assert.Throws<ArgumentException>(() => ResourceList.Write([new ResourceListEntry("sip:a@x", DisplayName: "\u001b[2J")]));
    }
}
