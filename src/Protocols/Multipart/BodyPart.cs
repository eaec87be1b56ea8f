namespace OmaIm.Protocols.Multipart;

/// <summary>One part of a multipart body (RFC 2046 section 5.1).</summary>
public sealed record BodyPart
{
    public IReadOnlyList<MimeHeader> Headers { get; init; } = [];

    /// <summary>The bytes of the part without the line break that belongs to the boundary.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The parts inside, when this part is itself a multipart; otherwise empty.</summary>
    public IReadOnlyList<BodyPart> Parts { get; init; } = [];

    /// <summary><c>type/subtype</c> in lower case; text/plain when the part has no Content-Type (RFC 2046 section 5.1), empty when it has a broken one.</summary>
    public string MediaType => Header("Content-Type") is not { } value ? "text/plain" : MimeType.TryParse(value, out var type) ? type.Name : string.Empty;

    /// <summary>The disposition type in lower case, for example <c>recipient-list</c>, or null.</summary>
    public string? Disposition => Header("Content-Disposition") is { } value && MimeType.TryParse(value, out var type) ? type.Name : null;

    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name) => MimeHeaderBlock.Find(Headers, name);

    public static BodyPart Create(string contentType, ReadOnlyMemory<byte> content, string? disposition = null)
    {
        List<MimeHeader> headers = [new("Content-Type", contentType)];
        if (disposition is not null)
        {
            headers.Add(new("Content-Disposition", disposition));
        }

        return new BodyPart { Headers = headers, Content = content };
    }
}
