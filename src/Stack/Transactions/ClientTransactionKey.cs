using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transactions;

/// <summary>RFC 3261 section 17.1.3: the branch of the top Via and the method of CSeq.</summary>
internal readonly record struct ClientTransactionKey(string Branch, SipMethod Method);
