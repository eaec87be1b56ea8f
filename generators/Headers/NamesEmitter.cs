using System.Collections.Generic;
using System.Linq;

namespace OmaIm.Generators.Headers;

/// <summary>What both protocols have: the enum of ids and the table of names.</summary>
internal static class NamesEmitter
{
    private const byte UnknownOrder = 100;

    public static string EmitIds(IReadOnlyList<HeaderModel> headers, string protocol)
    {
        var writer = new SourceWriter($"OmaIm.Protocols.{protocol}");
        writer.Line($"/// <summary>The {protocol.ToUpperInvariant()} headers that have a type of their own.</summary>");
        writer.Open($"public enum {protocol}HeaderId : byte");
        writer.Line("/// <summary>Any other header.</summary>");
        writer.Line("Unknown,");
        foreach (var header in headers)
        {
            writer.Line();
            writer.Line($"/// <summary>{header.Name}</summary>");
            writer.Line($"{header.Id},");
        }

        writer.Close();
        return writer.ToString();
    }

    public static string EmitNames(IReadOnlyList<HeaderModel> headers, string protocol)
    {
        var id = $"{protocol}HeaderId";
        var writer = new SourceWriter($"OmaIm.Protocols.{protocol}", "System", "System.Text", "OmaIm.Protocols.Text");
        writer.Line($"/// <summary>The names of the {protocol.ToUpperInvariant()} headers.</summary>");
        writer.Open($"public static class {protocol}HeaderNames");
        EmitLookup(writer, headers, id);
        writer.Line();
        writer.Line("/// <summary>The name as it is written; empty for Unknown.</summary>");
        writer.Open($"public static ReadOnlySpan<byte> Canonical({id} id) => id switch");
        foreach (var header in headers)
        {
            writer.Line($"{id}.{header.Id} => \"{header.Name}\"u8,");
        }

        writer.Line("_ => default,");
        writer.Close("};");
        writer.Line();
        writer.Line("/// <summary>The place in the writer's order, smaller first.</summary>");
        writer.Line($"public static byte Order({id} id) => Orders[(int)id];");
        writer.Line();
        writer.Line("/// <summary>How often the header may stand in a message.</summary>");
        writer.Line($"public static HeaderCardinality Cardinality({id} id) => (HeaderCardinality)Cardinalities[(int)id];");
        writer.Line();
        EmitTable(writer, "Orders", UnknownOrder, headers.Select(header => (int)header.Order));
        writer.Line();
        EmitTable(writer, "Cardinalities", (int)Headers.Cardinality.Lines, headers.Select(header => (int)header.Cardinality));
        writer.Close();
        return writer.ToString();
    }

    /// <summary>By length, then by first letter, then by all bytes, ASCII without case.</summary>
    private static void EmitLookup(SourceWriter writer, IReadOnlyList<HeaderModel> headers, string id)
    {
        var names = headers.Select(header => (Text: header.Name, header.Id))
            .Concat(headers.Where(header => header.Compact is not null).Select(header => (Text: header.Compact!, header.Id)));
        writer.Line("/// <summary>The id of a name or compact form, compared without case.</summary>");
        writer.Open($"public static {id} Lookup(ReadOnlySpan<byte> name)");
        writer.Open("switch (name.Length)");
        foreach (var byLength in names.GroupBy(name => name.Text.Length).OrderBy(group => group.Key))
        {
            writer.Open($"case {byLength.Key}:");
            writer.Open("switch (name[0] | 0x20)");
            foreach (var byLetter in byLength.GroupBy(name => char.ToLowerInvariant(name.Text[0])).OrderBy(group => group.Key))
            {
                writer.Line($"case '{byLetter.Key}':");
                foreach (var (text, headerId) in byLetter)
                {
                    writer.Line(text.Length == 1
                        ? $"    return {id}.{headerId};"
                        : $"    if (Ascii.EqualsIgnoreCase(name, \"{text}\"u8)) return {id}.{headerId};");
                }

                if (byLength.Key > 1)
                {
                    writer.Line("    break;");
                }
            }

            writer.Close();
            writer.Line();
            writer.Line("break;");
            writer.Close();
        }

        writer.Close();
        writer.Line();
        writer.Line($"return {id}.Unknown;");
        writer.Close();
    }

    private static void EmitTable(SourceWriter writer, string name, int unknown, IEnumerable<int> values)
    {
        writer.Line($"private static ReadOnlySpan<byte> {name} =>");
        writer.Line($"    [{unknown}, {string.Join(", ", values)}];");
    }
}
