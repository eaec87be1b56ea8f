namespace OmaIm.Stack.Dialogs;

/// <summary>RFC 5057 section 5.1: the responses that say that the peer has no such dialog or usage any more.</summary>
internal static class UsageEnd
{
    public static bool IsMeantBy(int status) =>
        status is 404 or 405 or 408 or 410 or 416 or 480 or 481 or 482 or 483 or 484 or 485 or 489 or 501 or 502 or 604;

    /// <summary>The narrower answer for a request that only the application understands: it may be refused and the session stands.</summary>
    public static bool IsMeantForSessionBy(int status) => status is 404 or 408 or 410 or 416 or 480 or 481 or 482 or 483 or 484 or 485 or 502 or 604;
}
