using OmaIm.Protocols.Sdp;

namespace OmaIm.Client.Files;

/// <summary>A file of this side, as the other side shall see it.</summary>
/// <param name="Path">Where it is.</param>
public sealed record FileToSend(string Path)
{
    /// <summary>The name that the other side hears.</summary>
    public string Name { get; init; } = System.IO.Path.GetFileName(Path);

    public string MediaType { get; init; } = "application/octet-stream";

    /// <summary><see cref="FileTransfer.Attachment"/>, or <see cref="FileTransfer.Render"/> for what shall be shown at once.</summary>
    public string Disposition { get; init; } = FileTransfer.Attachment;

    /// <summary>A small picture of it; null for none.</summary>
    public FileIcon? Icon { get; init; }
}
