using OmaIm.Load.Report;

namespace OmaIm.Load.Server;

/// <summary>Whether driver and server may open as many connections as a run needs: each is a descriptor on both sides.</summary>
internal static class DescriptorBudget
{
    /// <summary>What a process needs besides: files of code, listeners, SIP, pipes.</summary>
    private const int Reserve = 400;

    /// <exception cref="LoadException">They may not.</exception>
    public static void Check(int? pid, int connections) =>
        Check(ProcessStatus.OwnDescriptorLimit, pid is { } server ? ProcessStatus.DescriptorLimitOf(server) : null, connections);

    /// <inheritdoc cref="Check(int?, int)"/>
    public static void Check(int driverLimit, int? serverLimit, int connections)
    {
        var (whose, limit) = serverLimit < driverLimit ? ("the server", serverLimit.Value) : ("this driver", driverLimit);
        if (connections > limit - Reserve)
        {
            throw new LoadException(Figure.Text(
                $"{connections:N0} connections are too many: {whose} may have {limit:N0} descriptors (ulimit -n), so {limit - Reserve:N0} connections at most"));
        }
    }
}
