using System.Buffers;

namespace OmaIm.Protocols.Text;

/// <summary>Character sets under the names that the specifications give them, one ABNF rule each (RFC 3261 section 25.1).</summary>
public static class Grammar
{
    // alphanum = ALPHA / DIGIT
    public static readonly SearchValues<byte> Alphanum = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    // token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
    public static readonly SearchValues<byte> Token = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8);

    // word = 1*(token / "(" / ")" / "<" / ">" / ":" / "\" / DQUOTE / "/" / "[" / "]" / "?" / "{" / "}"); callid = word [ "@" word ]
    public static readonly SearchValues<byte> Word = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~()<>:\\\"/[]?{}"u8);

    // unreserved = alphanum / mark ; mark = "-" / "_" / "." / "!" / "~" / "*" / "'" / "(" / ")"
    public static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"u8);

    // user = 1*( unreserved / escaped / user-unreserved ) ; user-unreserved = "&" / "=" / "+" / "$" / "," / ";" / "?" / "/"
    public static readonly SearchValues<byte> User = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,;?/"u8);

    // password = *( unreserved / escaped / "&" / "=" / "+" / "$" / "," )
    public static readonly SearchValues<byte> Password = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,"u8);

    // paramchar = param-unreserved / unreserved / escaped ; param-unreserved = "[" / "]" / "/" / ":" / "&" / "+" / "$"
    public static readonly SearchValues<byte> Paramchar = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()[]/:&+$"u8);

    // hname, hvalue = ( hnv-unreserved / unreserved / escaped ) ; hnv-unreserved = "[" / "]" / "/" / "?" / ":" / "+" / "$"
    public static readonly SearchValues<byte> Hvalue = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()[]/?:+$"u8);

    // gen-value = token / host / quoted-string: the first two, with the characters of addresses and base 64 that
    // implementations leave unquoted ("/", "@", "="); none of them can end a parameter.
    public static readonly SearchValues<byte> GenValue = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~[]:/@="u8);

    // SP / HTAB: what is left of LWS once folded lines are joined
    public static readonly SearchValues<byte> Space = SearchValues.Create(" \t"u8);

    // RFC 4975 section 9: ident-char = ALPHANUM / "." / "-" / "+" / "%" / "="
    public static readonly SearchValues<byte> IdentChar = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+%="u8);
}
