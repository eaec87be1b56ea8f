namespace OmaIm.Switch.Relay;

/// <summary>Whether a message/cpim may be from this address; without looking at anything that another thread changes.</summary>
/// <param name="from">The address in its From, without angle brackets.</param>
public delegate bool SenderRule(ReadOnlySpan<byte> from);
