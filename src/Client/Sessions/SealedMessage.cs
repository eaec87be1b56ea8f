namespace OmaIm.Client.Sessions;

/// <summary>A message ready to be sent: over whichever connection, or in whichever session it goes, its bytes and its ids are the same.</summary>
/// <param name="Id">The MSRP Message-ID.</param>
/// <param name="Name">The imdn.Message-ID; for a message outside of CPIM an id for logs.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body, wrapper included.</param>
internal sealed record SealedMessage(ulong Id, string Name, string ContentType, ReadOnlyMemory<byte> Body);
