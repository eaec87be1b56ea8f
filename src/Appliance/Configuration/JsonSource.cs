using System.Text;
using System.Text.Json;

namespace OmaIm.Appliance.Configuration;

/// <summary>Reads omaim.json into raw nodes that remember their line. Comments and trailing commas are allowed.</summary>
public ref struct JsonSource
{
    /// <summary>Rooms with a thousand named members stay far below; a wrong file given by mistake does not fill the memory.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>The deepest key, Rooms[0]:Members[0], needs 4.</summary>
    private const int MaximumDepth = 16;

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private long _counted;
    private int _line;

    private JsonSource(string file, ReadOnlySpan<byte> text)
    {
        _file = file;
        _text = text;
        _line = 1;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaximumDepth,
        });
    }

    /// <summary>The object in the file; null and one more problem when the text is not a JSON object.</summary>
    public static RawObject? Read(string file, ReadOnlySpan<byte> text, ICollection<ConfigurationProblem> problems)
    {
        const string Expected = "a JSON object (comments and trailing commas are allowed)";
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text["\uFEFF"u8.Length..];
        }

        try
        {
            var source = new JsonSource(file, text);
            source._reader.Read();
            var root = source.ReadNode();
            source._reader.Read();
            if (root is RawObject found)
            {
                return found;
            }

            problems.Add(new ConfigurationProblem(root.Source, "", root.Description, Expected));
        }
        catch (JsonException exception)
        {
            // The reader's own message quotes the text, which may be half a password.
            var found = $"no valid JSON at column {exception.BytePositionInLine + 1}";
            problems.Add(new ConfigurationProblem($"{file}:{exception.LineNumber + 1}", "", found, Expected));
        }
        catch (InvalidOperationException)
        {
            problems.Add(new ConfigurationProblem(file, "", "text that is not UTF-8", Expected));
        }

        return null;
    }

    private RawNode ReadNode()
    {
        var source = Source();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(source),
            JsonTokenType.StartArray => ReadList(source),
            JsonTokenType.String => new RawValue(source, RawKind.Text, _reader.GetString()!),
            JsonTokenType.Number => new RawValue(source, RawKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan)),
            _ => new RawValue(source, RawKind.Literal, Encoding.UTF8.GetString(_reader.ValueSpan)),
        };
    }

    private RawObject ReadObject(string source)
    {
        var result = new RawObject(source);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            result.Entries.Add(new RawEntry(name, ReadNode()));
        }

        return result;
    }

    private RawList ReadList(string source)
    {
        var result = new RawList(source);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            result.Items.Add(ReadNode());
        }

        return result;
    }

    private string Source()
    {
        var position = _reader.TokenStartIndex;
        _line += _text[(int)_counted..(int)position].Count((byte)'\n');
        _counted = position;
        return $"{_file}:{_line}";
    }
}
