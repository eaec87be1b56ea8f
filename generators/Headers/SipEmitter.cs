using System;
using System.Collections.Generic;

namespace OmaIm.Generators.Headers;

/// <summary>The SIP side: ids, names, and the lazy typed properties of SipMessage.</summary>
internal static class SipEmitter
{
    public static IEnumerable<(string File, string Text)> Emit(IReadOnlyList<HeaderModel> headers)
    {
        yield return ("SipHeaderId.g.cs", NamesEmitter.EmitIds(headers, "Sip"));
        yield return ("SipHeaderNames.g.cs", NamesEmitter.EmitNames(headers, "Sip"));
        yield return ("SipMessage.Headers.g.cs", EmitMessage(headers));
    }

    private static string EmitMessage(IReadOnlyList<HeaderModel> headers)
    {
        var writer = new SourceWriter("OmaIm.Protocols.Sip", "System.Collections.Generic");
        writer.Line("/// <content>The headers, read when they are first asked for.</content>");
        writer.Open("public sealed partial class SipMessage");
        foreach (var header in headers)
        {
            EmitProperties(writer, header);
            writer.Line();
        }

        writer.Open("private bool IsWellFormed(SipHeaderId id) => id switch");
        foreach (var header in headers)
        {
            var hasList = header.Cardinality is Cardinality.List or Cardinality.Lines;
            writer.Line($"SipHeaderId.{header.Id} => {(hasList ? $"{Plural(header.Id)}.Count > 0" : $"{header.Id} is not null")},");
        }

        writer.Line("_ => true,");
        writer.Close("};");
        writer.Close();
        return writer.ToString();
    }

    private static void EmitProperties(SourceWriter writer, HeaderModel header)
    {
        var arguments = $"(SipHeaderId.{header.Id}, {header.TypeName}.TryParse)";
        var (method, what) = header.Cardinality switch
        {
            Cardinality.Single => ("Single", "null when absent, malformed or repeated"),
            Cardinality.List => ("FirstOfList", "the first element; null when absent or malformed"),
            Cardinality.Lines => ("FirstLine", "the first well-formed line; null when there is none"),
            Cardinality.Joined => ("Joined", "all lines as one; null when absent or malformed"),
            _ => throw new ArgumentOutOfRangeException(nameof(header)),
        };
        writer.Line($"/// <summary>{header.Name}: {what}.</summary>");
        writer.Line($"public {header.TypeName}? {header.Id} => Headers.{method}<{header.TypeName}>{arguments};");
        if (header.Cardinality is not (Cardinality.List or Cardinality.Lines))
        {
            return;
        }

        var isList = header.Cardinality == Cardinality.List;
        writer.Line();
        writer.Line($"/// <summary>{header.Name}: {(isList ? "all elements of all lines; empty when absent or malformed" : "all well-formed lines")}.</summary>");
        writer.Line($"public IReadOnlyList<{header.TypeName}> {Plural(header.Id)} => Headers.{(isList ? "List" : "Lines")}<{header.TypeName}>{arguments};");
    }

    private static string Plural(string id)
        => id.EndsWith("y", StringComparison.Ordinal) ? id.Substring(0, id.Length - 1) + "ies" : id + "s";
}
