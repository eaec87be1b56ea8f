using OmaIm.Load.Report;
using OmaIm.Load.Server;

namespace OmaIm.Load.Idle;

/// <summary>What idle members cost the server; what --json writes.</summary>
/// <param name="SipLimit">KiB that a member's SIP dialog may cost.</param>
/// <param name="MsrpLimit">KiB that his MSRP connection may cost.</param>
/// <param name="Empty">The server before anybody came.</param>
/// <param name="Joined">When all had joined by SIP, and nobody had connected.</param>
/// <param name="Connected">When all had connected and were bound.</param>
/// <param name="Lost">Members whose session ended while nothing happened.</param>
internal sealed record IdleReport(
    int Members, double JoinSeconds, double ConnectSeconds, double SipLimit, double MsrpLimit, ServerSample Empty, ServerSample Joined, ServerSample Connected, long Lost)
{
    public double? SipBytesEach => (double?)(Joined.ResidentBytes - Empty.ResidentBytes) / Members;

    public double? MsrpBytesEach => (double?)(Connected.ResidentBytes - Joined.ResidentBytes) / Members;

    public IReadOnlyList<Criterion> Criteria =>
    [
        Criterion.AtMost("server memory for each SIP dialog", SipBytesEach / 1024, SipLimit, "N2", " KiB"),
        Criterion.AtMost("server memory for each MSRP connection", MsrpBytesEach / 1024, MsrpLimit, "N2", " KiB"),
        Criterion.None("members lost", Lost),
    ];

    public bool Passed => Criteria.All(criterion => criterion.Holds);

    public IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("joined in", Figure.Text($"{JoinSeconds:N1} s"));
        yield return ("connected and bound in", Figure.Text($"{ConnectSeconds:N1} s"));
        yield return ("server memory: empty / joined / connected", Text(sample => Figure.Mebibytes(sample.ResidentBytes)));
        yield return ("of this, collected heap", Text(sample => Figure.Mebibytes(sample.HeapBytes)));
        yield return ("descriptors", Text(sample => Figure.Known(sample.Descriptors, "N0")));
        yield return ("a member: SIP dialog / MSRP connection", $"{Figure.Kibibytes(SipBytesEach)} / {Figure.Kibibytes(MsrpBytesEach)}");
    }

    private string Text(Func<ServerSample, string> figure) => $"{figure(Empty)} / {figure(Joined)} / {figure(Connected)}";
}
