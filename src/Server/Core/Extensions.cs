namespace OmaIm.Server.Core;

/// <summary>The SIP extensions of this server by their option tags.</summary>
public static class Extensions
{
    /// <summary>Session timers, RFC 4028.</summary>
    public const string Timer = "timer";

    /// <summary>REFER without a subscription, RFC 4488.</summary>
    public const string NoReferSub = "norefersub";

    /// <summary>INVITE with a list of invitees, RFC 5366; the conference factory only.</summary>
    public const string RecipientListInvite = "recipient-list-invite";

    public static string Supported(DestinationKind destination) => destination == DestinationKind.Factory
        ? $"{Timer}, {NoReferSub}, {RecipientListInvite}"
        : $"{Timer}, {NoReferSub}";

    public static bool IsSupported(string option, DestinationKind destination) =>
        string.Equals(option, Timer, StringComparison.OrdinalIgnoreCase)
        || string.Equals(option, NoReferSub, StringComparison.OrdinalIgnoreCase)
        || (destination == DestinationKind.Factory && string.Equals(option, RecipientListInvite, StringComparison.OrdinalIgnoreCase));
}
