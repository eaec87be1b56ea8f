using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OmaIm.Protocols.Text;

/// <summary>The one way to read XML here: UTF-8, no DTD, no entities of its own, nothing fetched, bounded size and depth.</summary>
/// <remarks>XDocument.Parse and XmlDocument.LoadXml take a DTD and expand entities; they are not used anywhere else.</remarks>
public static class SafeXml
{
    /// <summary>Longest document in characters, unless the caller allows another: a roster of a thousand is the largest thing that is read.</summary>
    public const int MaximumCharacters = 256 * 1024;

    /// <summary>Deepest nesting of elements. The deepest format in use, conference-info, needs six.</summary>
    public const int MaximumDepth = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// A reader over a UTF-8 document. It throws <see cref="XmlException"/> for whatever is not allowed: another encoding or
    /// invalid UTF-8 (at once), a DTD, too many characters, too deep nesting, broken markup (while reading).
    /// </summary>
    public static XmlReader Create(ReadOnlyMemory<byte> document, int maximumCharacters = MaximumCharacters)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maximumCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        return new BoundedXmlReader(XmlReader.Create(new StringReader(Decode(document.Span, maximumCharacters)), settings), MaximumDepth);
    }

    /// <summary>Reads a whole document. False for whatever <see cref="Create"/> does not allow.</summary>
    public static bool TryLoad(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out XElement? root, int maximumCharacters = MaximumCharacters)
    {
        try
        {
            using var reader = Create(document, maximumCharacters);
            root = XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            root = null;
        }

        return root is not null;
    }

    /// <summary>Writes a document in UTF-8 with its declaration. Throws <see cref="ArgumentException"/> for characters that XML cannot carry.</summary>
    public static byte[] Write(XElement root)
    {
        using var output = new MemoryStream();
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = StrictUtf8 }))
        {
            root.Save(writer);
        }

        return output.ToArray();
    }

    private static string Decode(ReadOnlySpan<byte> document, int maximumCharacters)
    {
        if (document.StartsWith("\uFEFF"u8))
        {
            document = document[3..];
        }

        // No character takes more than four bytes of UTF-8: what is longer is refused before it is decoded.
        if (document.Length > 4L * maximumCharacters)
        {
            throw new XmlException("The document is too long.");
        }

        try
        {
            return StrictUtf8.GetString(document);
        }
        catch (DecoderFallbackException exception)
        {
            throw new XmlException("The document is not UTF-8.", exception);
        }
    }
}
