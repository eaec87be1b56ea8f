using System.Text;
using System.Xml;
using System.Xml.Linq;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Text;

public sealed class SafeXmlTests
{
    private static void ReadAll(byte[] document)
    {
        using var reader = SafeXml.Create(document);
        while (reader.Read())
        {
        }
    }

    private static void ReadAll(string document) => ReadAll(Encoding.UTF8.GetBytes(document));

    private static bool IsRefused(string document) => IsRefused(Encoding.UTF8.GetBytes(document));

    private static bool IsRefused(byte[] document)
    {
        Assert.Equal(Record.Exception(() => ReadAll(document)) is XmlException, !SafeXml.TryLoad(document, out _));
        return !SafeXml.TryLoad(document, out _);
    }

    [Fact]
    public void ReadsWhatIsAllowed()
    {
        Assert.True(SafeXml.TryLoad("\uFEFF<?xml version='1.0' encoding='utf-8'?><!-- c --><?pi x?><a b='&lt;'>x<![CDATA[<y>]]>&#x41;</a>"u8.ToArray(), out var root));
        Assert.Equal(("a", "<", "x<y>A"), (root.Name.LocalName, root.Attribute("b")!.Value, root.Value));
    }

    /// <summary>x01 to x03: entity bombs, external entities, any DTD at all.</summary>
    [Theory]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"0123456789\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><a>&d;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY % b \"<!ENTITY c 'd'>\"> %b;]><a>&c;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"http://127.0.0.1/\">]><a>&b;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"\\\\host\\share\">]><a>&b;</a>")]
    [InlineData("<a>&undeclared;</a>")]
    public void NoDtdAndNoEntities(string document) => Assert.True(IsRefused(document));

    [Theory]
    [InlineData("")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("<a/><a/>")]
    [InlineData("<a b='1' b='2'/>")]
    [InlineData("<x:a/>")]
    [InlineData("<a>\0</a>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>&#xD800;</a>")]
    [InlineData("text")]
    public void BrokenDocuments(string document) => Assert.True(IsRefused(document));

    /// <summary>x05: encodings in disguise. What is declared and what is there must both be UTF-8.</summary>
    [Fact]
    public void OtherEncodingsThanUtf8AreRefused()
    {
        const string Document = "<?xml version='1.0'?><a/>";
        Assert.True(IsRefused([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Document)]));
        Assert.True(IsRefused(Encoding.Unicode.GetBytes(Document)));
        Assert.True(IsRefused([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Document)]));
        Assert.True(IsRefused([0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Document)]));
        Assert.True(IsRefused("<?xml version='1.0' encoding='UTF-7'?><a>+ADw-</a>"));
        Assert.True(IsRefused("<?xml version='1.0' encoding='UTF-16'?><a/>"));
        Assert.True(IsRefused("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"));
        Assert.True(IsRefused([.. "<a>"u8, 0xC3, 0x28, .. "</a>"u8]));
        Assert.True(IsRefused([.. "<a>"u8, 0xED, 0xA0, 0x80, .. "</a>"u8]));
        Assert.False(IsRefused("<?xml version='1.0' encoding='us-ascii'?><a/>"));
    }

    /// <summary>x04: a tree deeper than the stack.</summary>
    [Fact]
    public void DepthHasALimit()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

        Assert.False(IsRefused(Nested(SafeXml.MaximumDepth)));
        Assert.True(IsRefused(Nested(SafeXml.MaximumDepth + 2)));
        Assert.True(IsRefused(Nested(30_000)));
    }

    [Fact]
    public void SizeHasALimit()
    {
        static byte[] Sized(int length) => Encoding.UTF8.GetBytes("<a>" + new string('x', length - 7) + "</a>");

        Assert.False(IsRefused(Sized(SafeXml.MaximumCharacters)));
        Assert.True(IsRefused(Sized(SafeXml.MaximumCharacters + 1)));
        Assert.Throws<XmlException>(() => SafeXml.Create(new byte[(4 * SafeXml.MaximumCharacters) + 1]));
        Assert.False(SafeXml.TryLoad(Sized(101), out _, maximumCharacters: 100));
    }

    [Fact]
    public void ThousandsOfAttributesAndNamespacesAreReadOrRefusedWithoutHarm()
    {
        Assert.False(IsRefused("<a" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $" b{i}=''")) + "/>"));
        Assert.False(IsRefused("<a" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $" xmlns:n{i}='urn:{i}'")) + "/>"));
    }

    [Fact]
    public void WritesUtf8WithoutByteOrderMark()
    {
        var written = SafeXml.Write(new XElement("a", "ä\r\n<"));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", WireText.Text(written), StringComparison.Ordinal);
        Assert.True(SafeXml.TryLoad(written, out var root));
        Assert.Equal("ä\n<", root.Value.ReplaceLineEndings("\n"));
        Assert.Throws<ArgumentException>(() => SafeXml.Write(new XElement("a", "\u0001")));
    }
}
