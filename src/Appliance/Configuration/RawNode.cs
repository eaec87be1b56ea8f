namespace OmaIm.Appliance.Configuration;

/// <summary>What a source said, before it is known to be right. <see cref="Source"/> tells where: "omaim.json:12", an environment variable, an argument.</summary>
public abstract class RawNode(string source)
{
    public string Source { get; } = source;

    /// <summary>What an error message calls this thing.</summary>
    public abstract string Description { get; }
}

public sealed class RawObject(string source) : RawNode(source)
{
    /// <summary>In the order of the source, duplicates included.</summary>
    public List<RawEntry> Entries { get; } = [];

    public override string Description => "an object";

    public RawNode? Find(string name) =>
        Entries.FindLast(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))?.Node;

    public void Set(string name, RawNode node)
    {
        var index = Entries.FindLastIndex(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            Entries.Add(new RawEntry(name, node));
        }
        else
        {
            Entries[index] = new RawEntry(Entries[index].Name, node);
        }
    }
}

/// <summary>A key and what stands behind it.</summary>
public sealed record RawEntry(string Name, RawNode Node);

public sealed class RawList(string source) : RawNode(source)
{
    public List<RawNode> Items { get; } = [];

    public override string Description => "a list";
}

public sealed class RawValue(string source, RawKind kind, string text) : RawNode(source)
{
    public RawKind Kind { get; } = kind;

    public string Text { get; } = text;

    public override string Description => Kind is RawKind.Number or RawKind.Literal ? Printable.Shorten(Text) : $"\"{Printable.Shorten(Text)}\"";
}

public enum RawKind
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>true, false or null.</summary>
    Literal,

    /// <summary>From the environment or the command line, where everything is text.</summary>
    Untyped,
}
