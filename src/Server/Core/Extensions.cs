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

    /// <summary>MESSAGE with a list of recipients, RFC 5365; the exploder only.</summary>
    public const string RecipientListMessage = "recipient-list-message";

    /// <summary>REFER with a list, RFC 5368; rooms only.</summary>
    public const string MultipleRefer = "multiple-refer";

    public static string Supported(DestinationKind destination) => destination switch
    {
        DestinationKind.Factory => $"{Timer}, {NoReferSub}, {RecipientListInvite}",
        DestinationKind.Exploder => RecipientListMessage,
        DestinationKind.Room => $"{Timer}, {NoReferSub}, {MultipleRefer}",
        _ => $"{Timer}, {NoReferSub}",
    };

    public static bool IsSupported(string option, DestinationKind destination) =>
        string.Equals(option, Timer, StringComparison.OrdinalIgnoreCase)
        || string.Equals(option, NoReferSub, StringComparison.OrdinalIgnoreCase)
        || (destination == DestinationKind.Factory && string.Equals(option, RecipientListInvite, StringComparison.OrdinalIgnoreCase))
        || (destination == DestinationKind.Room && string.Equals(option, MultipleRefer, StringComparison.OrdinalIgnoreCase))
        || (destination == DestinationKind.Exploder && string.Equals(option, RecipientListMessage, StringComparison.OrdinalIgnoreCase));
}
