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

    /// <summary>
    /// What a receipt says of a message; null when there is more to hear. Forbidden and error say nothing of the message, only that nothing will
    /// be said (RFC 5438 section 11.1.9).
    /// </summary>
    public static int? Of(Receipt receipt) => receipt switch
    {
        { Kind: ImdnKind.Delivery, Status: ImdnStatus.Failed } => Failed,
        { Status: ImdnStatus.Delivered or ImdnStatus.Displayed } => Ok,
        _ => null,
    };
}
