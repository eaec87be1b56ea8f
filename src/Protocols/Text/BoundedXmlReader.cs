using System.Xml;

namespace OmaIm.Protocols.Text;

/// <summary>
/// Adds to a reader what <see cref="XmlReaderSettings"/> cannot say: a bound on depth (recursion downstream ends the process)
/// and UTF-8 alone (the text was decoded as that, whatever the declaration claims).
/// </summary>
internal sealed class BoundedXmlReader(XmlReader inner, int maximumDepth) : XmlReader
{
    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value => inner.Value;

    public override XmlReaderSettings? Settings => inner.Settings;

    public override bool Read()
    {
        var more = inner.Read();
        if (inner.Depth > maximumDepth)
        {
            throw new XmlException("The elements are nested too deep.");
        }

        if (more && inner.NodeType == XmlNodeType.XmlDeclaration && inner.GetAttribute("encoding") is { } encoding && !IsUtf8(encoding))
        {
            throw new XmlException("The document declares another encoding than UTF-8.");
        }

        return more;
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // US-ASCII is a part of UTF-8.
    private static bool IsUtf8(string encoding) =>
        encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase);
}
