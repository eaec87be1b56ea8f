namespace OmaIm.Stack.Dialogs;

/// <summary>The responses that say that the peer has no such dialog or usage any more.</summary>
internal static class UsageEnd
{
    /// <summary>RFC 3261 section 12.2.1.2, for a session: other refusals are about the request, which the application may survive.</summary>
    public static bool OfSession(int status) => status is 408 or 481;

    /// <summary>RFC 5057 section 5.1, for a subscription, whose requests are about nothing but itself.</summary>
    public static bool OfSubscription(int status) =>
        status is 404 or 405 or 408 or 410 or 416 or 480 or 481 or 482 or 483 or 484 or 485 or 489 or 501 or 502 or 604;
}
