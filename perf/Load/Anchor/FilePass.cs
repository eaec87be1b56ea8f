using OmaIm.Load.Report;
using OmaIm.Load.Server;

namespace OmaIm.Load.Anchor;

/// <summary>One transfer each way.</summary>
/// <param name="PlainRate">Bytes a second through the plain copy.</param>
/// <param name="AnchoredRate">Bytes a second through the anchored session.</param>
/// <param name="IsEqual">Whether what came is what was sent, both ways.</param>
/// <param name="Before">The server before the transfer.</param>
/// <param name="After">The server after it; its peak is that of the transfer.</param>
internal sealed record FilePass(double PlainRate, double AnchoredRate, bool IsEqual, ProcessMemory Before, ProcessMemory After)
{
    /// <summary>Bytes by which the server's memory rose at most.</summary>
    public long Growth => After.PeakBytes - Before.ResidentBytes;

    public override string ToString() => Figure.Text(
        $"plain {PlainRate / FileSettings.Megabyte:N0} MB/s, anchored {AnchoredRate / FileSettings.Megabyte:N0} MB/s; SHA-256 {(IsEqual ? "equal" : "DIFFERENT")}; server {Megabytes(Before.ResidentBytes)} before, {Megabytes(After.PeakBytes)} at most, {Megabytes(After.ResidentBytes)} after; anonymous {Megabytes(Before.AnonymousBytes)}, {Megabytes(After.AnonymousBytes)}");

    private static string Megabytes(long bytes) => Figure.Text($"{bytes / (double)FileSettings.Megabyte:N1} MB");
}
