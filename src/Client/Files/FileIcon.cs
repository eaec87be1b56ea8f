namespace OmaIm.Client.Files;

/// <summary>A preview that travels with the offer (RFC 5547 section 6, file-icon).</summary>
/// <param name="MediaType">For instance <c>image/jpeg</c>.</param>
/// <param name="Content">The picture, byte for byte.</param>
public sealed record FileIcon(string MediaType, ReadOnlyMemory<byte> Content);
