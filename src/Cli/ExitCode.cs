using OmaIm.Client;
using OmaIm.Protocols.Imdn;

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

    /// <summary>No such room or user, or no right to be there.</summary>
    public const int NoSuchRoomOrForbidden = 4;

    public const int Unreachable = 5;

    /// <summary>The other user is not there, is busy, or declined (480, 486, 600, 603).</summary>
    public const int Unavailable = 6;

    /// <summary>The message was taken or stored, but nobody says that it was delivered.</summary>
    public const int NotConfirmed = 7;

    public static int Of(ImException failure) => failure switch
    {
        { StatusCode: 480 or 486 or 600 or 603 } => Unavailable,
        { Failure: ImFailure.AuthenticationRefused } => AuthenticationRefused,
        { Failure: ImFailure.NotFound or ImFailure.Forbidden } => NoSuchRoomOrForbidden,
        { Failure: ImFailure.Unreachable } => Unreachable,
        _ => Failed,
    };

    /// <summary>What a receipt says for good of a message; null when there may be more to hear.</summary>
    /// <param name="receipt">What was said.</param>
    /// <param name="untilDisplayed">Delivery alone is not enough.</param>
    public static int? Of(ImdnStatus receipt, bool untilDisplayed) => receipt switch
    {
        ImdnStatus.Failed or ImdnStatus.Forbidden or ImdnStatus.Error => Failed,
        ImdnStatus.Displayed => Ok,
        ImdnStatus.Delivered when !untilDisplayed => Ok,
        _ => null,
    };
}
