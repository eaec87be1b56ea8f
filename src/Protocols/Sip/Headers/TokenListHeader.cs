using System.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>A header that is a list of tokens; all its lines together are one list.</summary>
public abstract class TokenListHeader
{
    private protected TokenListHeader(IReadOnlyList<string> values) => Values = values;

    /// <summary>The tokens in their order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether the token is there, compared without case.</summary>
    public bool Contains(string token) => Values.Contains(token, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Join(", ", Values);

    /// <summary>[ token *( COMMA token ) ]</summary>
    internal static bool TryReadTokens(ReadOnlySpan<byte> value, byte separator, out IReadOnlyList<string> tokens)
    {
        tokens = [];
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        if (scanner.AtEnd)
        {
            return true;
        }

        var list = new List<string>();
        do
        {
            if (list.Count == SipHeaders.MaximumListValues || !scanner.TryTakeToken(out var token))
            {
                return false;
            }

            list.Add(Encoding.ASCII.GetString(token));
        }
        while (scanner.TryTake(separator));

        scanner.SkipSpace();
        tokens = list;
        return scanner.AtEnd;
    }
}
