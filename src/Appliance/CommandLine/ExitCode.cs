namespace OmaIm.Appliance.CommandLine;

/// <summary>What omaim-server ends with.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>It could not start or run: a port is taken, or --health found it not ready.</summary>
    public const int Failure = 1;

    /// <summary>The configuration or the command line is wrong.</summary>
    public const int Configuration = 2;
}
