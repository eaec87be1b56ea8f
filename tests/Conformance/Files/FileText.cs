using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>Descriptions of file transfers, spelled line by line (RFC 5547 section 6).</summary>
internal static class FileText
{
    public const string Content = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>SHA-1 of the content.</summary>
    public static string Hash { get; } = HashOf(Content);

    public static string Selector { get; } = $"name:\"My cool%25.txt\" type:text/plain size:{Content.Length} hash:sha-1:{Hash}";

    /// <summary>An offer or answer about the file.</summary>
    public static string Sdp(string path, string direction, string transferId, params string[] lines) => SdpText
        .Msrp(path, "active", ["a=" + direction, "a=file-selector:" + Selector, "a=file-transfer-id:" + transferId, .. lines])
        .Replace("a=accept-types:message/cpim text/plain", "a=accept-types:*", StringComparison.Ordinal);

    /// <summary>A connection to where a description says, bound.</summary>
    public static async Task<WireMsrp> ConnectAsync(string sdp, string path)
    {
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(sdp));
        (msrp.To, msrp.From) = (SdpText.Attribute(sdp, "path"), path);
        await msrp.FlushAsync();
        return msrp;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 5547 section 6 knows no other.")]
    private static string HashOf(string content) =>
        string.Join(':', System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.ASCII.GetBytes(content)).Select(static octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
