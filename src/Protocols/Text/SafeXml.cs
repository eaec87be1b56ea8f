using System.Xml;

namespace OmaIm.Protocols.Text;

/// <summary>The one way to read XML here: no DTD, no entities of its own, nothing fetched, bounded size and depth.</summary>
public static class SafeXml
{
    public const int MaximumCharacters = 256 * 1024;

    public const int MaximumDepth = 32;

    /// <summary>A reader over a UTF-8 document. It throws <see cref="XmlException"/> for whatever is not allowed.</summary>
    public static XmlReader Create(ReadOnlyMemory<byte> document) => throw new NotSupportedException();
}
