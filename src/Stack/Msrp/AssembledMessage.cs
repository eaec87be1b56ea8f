namespace OmaIm.Stack.Msrp;

/// <summary>A whole message, put together from its chunks.</summary>
public sealed record AssembledMessage(string MessageId, string ContentType, ReadOnlyMemory<byte> Body);
