using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// Text of a peer as people and other headers may meet it. Control characters are left out (a tab is a space): no name,
/// phrase or value needs them, and logs, terminals and composed headers must not get them, NUL in quoted pairs included.
/// </summary>
internal static class PlainText
{
    public static string Read(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8).Replace('\t', ' ');
        return text.Any(char.IsControl) ? string.Concat(text.Where(character => !char.IsControl(character))) : text;
    }
}
