namespace OmaIm.Tests.Conformance;

/// <summary>A request as alice writes it outside of dialogs, line by line, for what a test wants to spell in another way.</summary>
internal sealed record RequestText(string Method, string SentBy, string Id)
{
    public string Transport { get; init; } = "UDP";

    public string Uri { get; init; } = "sip:localhost";

    /// <summary>What stands behind the cookie of the branch, and behind that.</summary>
    public string Via => $"SIP/2.0/{Transport} {SentBy};branch={Branch};rport";

    public string Branch { get; init; } = "z9hG4bK" + Id;

    public string From { get; init; } = "<sip:alice@localhost>;tag=a1";

    public string To { get; init; } = "<sip:localhost>";

    public string CallId { get; init; } = Id + "@test";

    public string CSeq { get; init; } = "1 " + Method;

    /// <summary>Further header lines, each with its CRLF.</summary>
    public string Headers { get; init; } = "";

    public string Body { get; init; } = "";

    public override string ToString() =>
        $"{Method} {Uri} SIP/2.0\r\nVia: {Via}\r\nMax-Forwards: 70\r\nFrom: {From}\r\nTo: {To}\r\nCall-ID: {CallId}\r\nCSeq: {CSeq}\r\n"
        + $"{Headers}Content-Length: {Body.Length}\r\n\r\n{Body}";
}
