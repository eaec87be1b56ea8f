namespace OmaIm.Load;

/// <summary>What scripts may rely on.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The run was made, and something was missing, doubled, out of order, damaged, strayed, refused, overdue or lost, or a scenario's demand did not hold.</summary>
    public const int Faults = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The run could not be made: nobody there, not let in, no such process.</summary>
    public const int Impossible = 3;

    /// <summary>Stopped by SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
