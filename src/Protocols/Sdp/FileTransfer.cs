using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sdp;

/// <summary>What a media section says of the one file that it transfers (RFC 5547 section 6).</summary>
public sealed record FileTransfer
{
    /// <summary>The transfer of a picture that shall be shown at once (RFC 5547 section 6, RFC 2183).</summary>
    public const string Render = "render";

    /// <summary>The transfer of a file that the user decides about.</summary>
    public const string Attachment = "attachment";

    public required FileSelector Selector { get; init; }

    /// <summary><c>a=file-transfer-id</c>: a token, new for each transfer, so that a later offer of the dialog does not begin it again; or null.</summary>
    public string? TransferId { get; init; }

    /// <summary><c>a=file-disposition</c>: <see cref="Render"/>, <see cref="Attachment"/> or another token; null when absent (then render).</summary>
    public string? Disposition { get; init; }

    public FileDates? Dates { get; init; }

    /// <summary><c>a=file-icon</c>: the Content-ID of a preview that came as a part of the same body, without <c>cid:</c>; or null.</summary>
    public string? Icon { get; init; }

    /// <summary><c>a=file-range</c>; null means the whole file.</summary>
    public FileRange? Range { get; init; }

    /// <summary>
    /// Reads a section that has a file-selector. False when it, the range, the transfer-id or the disposition breaks its rule; an icon or dates
    /// that do are left out.
    /// </summary>
    public static bool TryRead(MediaDescription media, [NotNullWhen(true)] out FileTransfer? file)
    {
        file = null;
        FileRange? range = null;
        var transferId = media.Attribute("file-transfer-id")?.Trim();
        var disposition = media.Attribute("file-disposition")?.Trim();
        if (media.Attribute("file-selector") is not { } text || !FileSelector.TryParse(text.Trim(), out var selector) ||
            (media.Attribute("file-range") is { } rangeText && !FileRange.TryParse(rangeText, out range)) ||
            (transferId is not null && !FileGrammar.IsToken(transferId)) || (disposition is not null && !FileGrammar.IsToken(disposition)))
        {
            return false;
        }

        file = new FileTransfer
        {
            Selector = selector,
            TransferId = transferId,
            Disposition = disposition,
            Dates = media.Attribute("file-date") is { } dateText && FileDates.TryParse(dateText.Trim(), out var dates) ? dates : null,
            Icon = media.Attribute("file-icon") is { } icon ? ContentId(icon.Trim()) : null,
            Range = range,
        };
        return true;
    }

    /// <summary>The <c>a=</c> lines. Throws <see cref="ArgumentException"/> for what could not stand there.</summary>
    public IEnumerable<SdpAttribute> ToSdp()
    {
        var selector = Selector.ToString();
        yield return new SdpAttribute("file-selector", selector.Length == 0 ? null : selector);
        if (TransferId is not null)
        {
            yield return new SdpAttribute("file-transfer-id", Token(TransferId));
        }

        if (Disposition is not null)
        {
            yield return new SdpAttribute("file-disposition", Token(Disposition));
        }

        if (Dates?.ToString() is { Length: > 0 } dates)
        {
            yield return new SdpAttribute("file-date", dates);
        }

        if (Icon is not null)
        {
            yield return new SdpAttribute("file-icon", "cid:" + Uri.EscapeDataString(Icon).Replace("%40", "@", StringComparison.Ordinal));
        }

        if (Range is not null)
        {
            yield return new SdpAttribute("file-range", Range.ToString());
        }
    }

    // cid-url = "cid" ":" content-id (RFC 2392), escaped as any URL
    private static string? ContentId(string url)
    {
        var isCid = url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && url.Length is > 4 and <= 256 && !url.AsSpan().ContainsAny(" <>\"");
        return isCid ? Uri.UnescapeDataString(url[4..]) : null;
    }

    private static string Token(string text) =>
        FileGrammar.IsToken(text) ? text : throw new ArgumentException("Not a token: " + text.ReplaceLineEndings(" "));
}
