using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>What a client transaction is made from: the request with its Via, the way, and who wants to know.</summary>
internal readonly record struct ClientRequest(
    SipMessage Message,
    SipFlow Flow,
    Action<ClientTransaction, SipMessage> OnResponse,
    Action<ClientTransaction, TransactionFailure>? OnFailure);
