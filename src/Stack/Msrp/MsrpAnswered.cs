using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>Hears, on the loop's thread, how a request ended.</summary>
/// <param name="status">The status code of its answer; <see cref="OutgoingMessage.TimedOut"/> or <see cref="OutgoingMessage.ConnectionLost"/> when none came.</param>
/// <param name="answer">The answer, valid during the call only; empty when none came.</param>
public delegate void MsrpAnswered(int status, in MsrpFrame answer);
