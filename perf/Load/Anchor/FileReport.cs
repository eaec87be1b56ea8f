using OmaIm.Load.Report;

namespace OmaIm.Load.Anchor;

/// <summary>What became of the files; what --json writes.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="GrowthLimit">MB by which the server's resident memory may grow.</param>
/// <param name="LeastPercent">Percent of the plain copy's throughput that the anchored session must reach.</param>
internal sealed record FileReport(long Bytes, double GrowthLimit, double LeastPercent, IReadOnlyList<FilePass> Passes)
{
    /// <summary>Median throughput of the anchored session in percent of the plain copy's.</summary>
    public double Percent => 100 * Median(pass => pass.AnchoredRate) / Median(pass => pass.PlainRate);

    /// <summary>The most MB that the server's memory rose during one transfer.</summary>
    public double Growth => Passes.Max(pass => pass.Growth) / (double)FileSettings.Megabyte;

    public IReadOnlyList<Criterion> Criteria =>
    [
        Criterion.None("files whose SHA-256 is another", Passes.Count(pass => !pass.IsEqual)),
        Criterion.AtLeast("anchored session, of the plain copy's throughput", Percent, LeastPercent, "N0", " %"),
        Criterion.Below("growth of the server's memory", Growth, GrowthLimit, "N1", " MB"),
    ];

    public bool Passed => Criteria.All(criterion => criterion.Holds);

    public IEnumerable<(string Name, string Value)> Rows() =>
        Passes.Select((pass, index) => (Figure.Text($"transfer {index + 1}"), pass.ToString()));

    private double Median(Func<FilePass, double> figure) => Passes.Select(figure).Order().ElementAt(Passes.Count / 2);
}
