using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>What the clients of one <see cref="ImRuntime"/> share.</summary>
public sealed record ImRuntimeOptions
{
    /// <summary>Where time comes from; tests put their own here.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The SIP timers (RFC 3261 section 17.1.1.1); a server that does not answer is given up after 64 times T1, 32 s.</summary>
    public TransactionTimers SipTimers { get; init; } = TransactionTimers.Default;

    /// <summary>How often a TCP connection to a server carries a keep-alive (RFC 5626 section 4.4.1): below the idle limits of servers and NATs.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The local address to speak from, or null for the one that the route to the server has.</summary>
    public IPAddress? LocalAddress { get; init; }
}
