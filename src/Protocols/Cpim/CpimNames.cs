using System.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>What is checked of header names before anybody relies on a From.</summary>
internal static class CpimNames
{
    // RFC 3862 section 4: the namespace of From, To, cc, DateTime, Subject, NS and Require, in force from the start.
    private static ReadOnlySpan<byte> CoreNamespace => "urn:ietf:params:cpim-headers:"u8;

    /// <summary>
    /// Whether a line could make a receiver see another sender than the one in From: "from" in another case (names are
    /// case-sensitive, but not every reader knows), or an NS line by which "x.From" becomes From or From stops being it.
    /// </summary>
    public static bool IsDisguise(in CpimLine line)
    {
        return line.Name.SequenceEqual("NS"u8)
            ? HidesCoreNames(line.Value)
            : IsMisspelled(line.Name, "From"u8) || IsMisspelled(line.Name, "To"u8) || IsMisspelled(line.Name, "NS"u8);
    }

    private static bool IsMisspelled(ReadOnlySpan<byte> name, ReadOnlySpan<byte> right) =>
        Ascii.EqualsIgnoreCase(name, right) && !name.SequenceEqual(right);

    // NS: [ Name-prefix ] "<" URI ">". Without a prefix it sets the default namespace.
    private static bool HidesCoreNames(ReadOnlySpan<byte> value)
    {
        if (!CpimAddressSyntax.TryRead(value, out var prefix, out var uri))
        {
            return true;
        }

        var isCore = Ascii.EqualsIgnoreCase(uri, CoreNamespace) || Ascii.EqualsIgnoreCase(uri, CoreNamespace[..^1]);
        return prefix.IsEmpty != isCore;
    }
}
