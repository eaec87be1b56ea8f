using OmaIm.Client;

namespace OmaIm.Cli;

/// <summary>What scripts may rely on.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Something went wrong that has no code of its own.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    public const int AuthenticationRefused = 3;

    /// <summary>No such room, or no right to be in it.</summary>
    public const int NoSuchRoomOrForbidden = 4;

    public const int Unreachable = 5;

    public static int Of(ImException failure) => failure.Failure switch
    {
        ImFailure.AuthenticationRefused => AuthenticationRefused,
        ImFailure.NotFound or ImFailure.Forbidden => NoSuchRoomOrForbidden,
        ImFailure.Unreachable => Unreachable,
        _ => Failed,
    };
}
