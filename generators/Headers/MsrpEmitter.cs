using System.Collections.Generic;

namespace OmaIm.Generators.Headers;

/// <summary>The MSRP side: ids, names, and a table of where each header's value stands in a frame.</summary>
internal static class MsrpEmitter
{
    public static IEnumerable<(string File, string Text)> Emit(IReadOnlyList<HeaderModel> headers)
    {
        yield return ("MsrpHeaderId.g.cs", NamesEmitter.EmitIds(headers, "Msrp"));
        yield return ("MsrpHeaderNames.g.cs", NamesEmitter.EmitNames(headers, "Msrp"));
        yield return ("MsrpHeaderSlots.g.cs", EmitSlots(headers.Count + 1));
    }

    private static string EmitSlots(int count)
    {
        var writer = new SourceWriter("OmaIm.Protocols.Msrp", "System.Runtime.CompilerServices");
        writer.Line("/// <summary>Where the value of each header stands in a frame. Nothing is allocated.</summary>");
        writer.Open("public struct MsrpHeaderSlots");
        writer.Line("private ulong _present;");
        writer.Line("private Table _table;");
        writer.Line();
        writer.Line("/// <summary>Notes where a value stands; false when the header has been noted already. Unknown headers are not noted.</summary>");
        writer.Open("public bool TrySet(MsrpHeaderId id, int start, int length)");
        writer.Open("if (id == MsrpHeaderId.Unknown)");
        writer.Line("return true;");
        writer.Close();
        writer.Line();
        writer.Open("if (Contains(id))");
        writer.Line("return false;");
        writer.Close();
        writer.Line();
        writer.Line("_present |= 1UL << (int)id;");
        writer.Line("_table[(int)id] = (start, length);");
        writer.Line("return true;");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>Where the value stands; (0, 0) when the header is absent.</summary>");
        writer.Line("public readonly (int Start, int Length) Get(MsrpHeaderId id) => Contains(id) ? _table[(int)id] : default;");
        writer.Line();
        writer.Line("/// <summary>Whether the header has been noted.</summary>");
        writer.Line("public readonly bool Contains(MsrpHeaderId id) => (_present >> (int)id & 1) != 0;");
        writer.Line();
        writer.Line("/// <summary>Forgets all headers, for the next frame.</summary>");
        writer.Line("public void Clear() => _present = 0;");
        writer.Line();
        writer.Line($"[InlineArray({count})]");
        writer.Open("private struct Table");
        writer.Line("private (int Start, int Length) _slot;");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
