namespace OmaIm.Client;

/// <summary>Something that happened in a one-to-one session, in the order in which this client learned it.</summary>
public abstract record SessionEvent;

/// <summary>The other side said something. It has been kept by <see cref="ImClientOptions.BeforeAcknowledging"/>.</summary>
public sealed record SessionMessage(ImMessage Message) : SessionEvent;

/// <summary>What became of a message of this side's (RFC 5438).</summary>
public sealed record SessionReceipt(Receipt Receipt) : SessionEvent;

/// <summary>A message that had been taken by the next hop did not arrive after all (a REPORT, RFC 4975 section 7.1.2).</summary>
/// <param name="MessageId">As in <see cref="SentMessage"/>.</param>
/// <param name="Failure">Why.</param>
public sealed record MessageFailed(string MessageId, ImException Failure) : SessionEvent;

/// <summary>The other side has begun to write something, or has stopped (RFC 3994).</summary>
public sealed record PeerComposing(bool IsActive) : SessionEvent;

/// <summary>The MSRP connection broke; a new one is being made. Messages that are sent meanwhile wait for it.</summary>
public sealed record SessionInterrupted(string Reason) : SessionEvent;

/// <summary>The session goes on.</summary>
/// <param name="After">How long it was interrupted.</param>
public sealed record SessionResumed(TimeSpan After) : SessionEvent;

/// <summary>The reader was too slow: this many events that belong here were dropped.</summary>
public sealed record SessionEventsDropped(int Count) : SessionEvent;

/// <summary>The last event.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Failure">What ended it, or null when one of both sides closed it.</param>
public sealed record SessionEnded(string Reason, ImException? Failure) : SessionEvent;
