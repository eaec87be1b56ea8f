using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Core;

/// <summary>Responses with further headers, in one line.</summary>
public static class Answers
{
    /// <summary>What the server calls itself in Server and User-Agent: the product token of OMA SIMPLE IM 2.0, then its own.</summary>
    public const string Product = "IM-serv/OMA2.0 OmaIm";

    /// <summary>In a 415 beside Accept: a body that is for the server itself is read as it is (RFC 3261 section 8.2.3).</summary>
    public static readonly (SipHeaderId Id, string Value) Unpacked = (SipHeaderId.AcceptEncoding, "identity");

    /// <summary>
    /// What the other side of a session hears instead of what is for the server (<see cref="IsForServer"/>): it ends neither his session nor
    /// his dialog, as 408 and 480 might (RFC 5057 section 5.1).
    /// </summary>
    public const int InSession = 500;

    /// <summary>
    /// Whether a device's refusal is for us, and not for who sent what it refuses: about redirection, credentials or its own overload (RFC 3261
    /// section 16.7); or 408, which is about our transaction with it (RFC 4320 section 4.2).
    /// </summary>
    public static bool IsForServer(int status) => status is (>= 300 and < 400) or 401 or 407 or 408 or 503;

    public static void Respond(this ServerTransaction transaction, int status, string? phrase, params ReadOnlySpan<(SipHeaderId Id, string Value)> headers)
    {
        var response = transaction.CreateResponse(status, phrase);
        foreach (var (id, value) in headers)
        {
            response.Headers.Add(id, value);
        }

        // Behind the others, one of which may be the same: a second Server would make the response one that nobody reads.
        response.Headers.Set(SipHeaderId.Server, Product);
        transaction.Respond(response);
    }

    /// <summary>A Warning with code 399, "miscellaneous", for people who read traces (RFC 3261 section 20.43).</summary>
    public static (SipHeaderId Id, string Value) Warning(string agent, string text) => (SipHeaderId.Warning, $"399 {agent} \"{text}\"");
}
