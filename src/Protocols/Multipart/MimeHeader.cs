namespace OmaIm.Protocols.Multipart;

/// <summary>One MIME header of a body part or of the content inside a CPIM message. Names are compared case-insensitively.</summary>
public sealed record MimeHeader(string Name, string Value);
