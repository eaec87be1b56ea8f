namespace OmaIm.Protocols.Multipart;

/// <summary>One part of a multipart body (RFC 2046 section 5.1).</summary>
public sealed record BodyPart
{
    public IReadOnlyList<MimeHeader> Headers { get; init; } = [];

    /// <summary>The bytes of the part without the line break that belongs to the boundary.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The parts inside, when this part is itself a multipart; otherwise empty.</summary>
    public IReadOnlyList<BodyPart> Parts { get; init; } = [];

    /// <summary><c>type/subtype</c> in lower case; text/plain when the part has no Content-Type (RFC 2046 section 5.1).</summary>
    public string MediaType => throw new NotSupportedException();

    /// <summary>The disposition type in lower case, for example <c>recipient-list</c>, or null.</summary>
    public string? Disposition => throw new NotSupportedException();

    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name) => throw new NotSupportedException();

    public static BodyPart Create(string contentType, ReadOnlyMemory<byte> content, string? disposition = null) => throw new NotSupportedException();
}
