using System.Buffers;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp;

/// <summary>Character sets of RFC 4975 section 9 under the names that they have there.</summary>
public static class MsrpGrammar
{
    /// <summary>Bytes of the shortest and longest <c>ident</c>.</summary>
    public const int IdentMinimum = 4;
    public const int IdentMaximum = 32;

    /// <summary><c>ident-char = ALPHANUM / "." / "-" / "+" / "%" / "="</c></summary>
    public static SearchValues<byte> IdentChar { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+%="u8);

    /// <summary><c>session-id = 1*( unreserved / "+" / "=" / "/" )</c></summary>
    public static SearchValues<byte> SessionId { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()%+=/"u8);

    /// <summary>Characters of a host name, an IPv4 address or a bracketed IPv6 address (RFC 3986 section 3.2.2).</summary>
    public static SearchValues<byte> Host { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.[]:"u8);

    /// <summary><c>transport *( ";" URI-parameter ) ; URI-parameter = token ["=" token]</c></summary>
    public static SearchValues<byte> UriParameters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~=;"u8);

    /// <summary>Characters of <c>method = 1*UPALPHA</c>; "_" is met in the field.</summary>
    public static SearchValues<byte> Method { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"u8);

    /// <summary>Bytes that no start line or header may hold: controls other than TAB (RFC 4975 section 9, <c>utf8text</c>).</summary>
    public static SearchValues<byte> Forbidden { get; } = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary><c>ident = ALPHANUM 3*31ident-char</c>: transaction ids and Message-IDs.</summary>
    public static bool IsIdent(ReadOnlySpan<byte> text) =>
        text.Length is >= IdentMinimum and <= IdentMaximum
        && !text[..1].ContainsAnyExcept(Grammar.Alphanum)
        && !text.ContainsAnyExcept(IdentChar);

    /// <summary>Whether <paramref name="text"/> can stand in a header as it is: <c>hval = utf8text</c>.</summary>
    public static bool IsHeaderValue(string text) => !Encoding.UTF8.GetBytes(text).AsSpan().ContainsAny(Forbidden);
}
