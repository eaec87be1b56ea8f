namespace OmaIm.Server.Admission;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class AdmissionRefusals
{
    private const int Challenge = 401;

    /// <summary>The status code as UAS; a challenge of a proxy is 407 instead of 401.</summary>
    public static int StatusCode(AdmissionRefusal refusal, bool asProxy)
    {
        var status = Describe(refusal).Status;
        return status == Challenge && asProxy ? 407 : status;
    }

    public static string? Phrase(AdmissionRefusal refusal) => Describe(refusal).Phrase;

    public static string Tag(AdmissionRefusal refusal) => Describe(refusal).Tag;

    public static bool IsChallenge(AdmissionRefusal refusal) => Describe(refusal).Status == Challenge;

    private static (int Status, string? Phrase, string Tag) Describe(AdmissionRefusal refusal) => refusal switch
    {
        AdmissionRefusal.TooManyHops => (483, null, "too_many_hops"),
        AdmissionRefusal.UnsupportedScheme => (416, null, "unsupported_scheme"),
        AdmissionRefusal.UnknownMethod => (501, null, "unknown_method"),
        AdmissionRefusal.BadExtension => (420, null, "bad_extension"),
        AdmissionRefusal.NoCredentials => (Challenge, null, "no_credentials"),
        AdmissionRefusal.WrongCredentials => (Challenge, null, "wrong_credentials"),
        AdmissionRefusal.StaleNonce => (Challenge, null, "stale_nonce"),
        AdmissionRefusal.ReplayedCredentials => (Challenge, null, "replayed_credentials"),
        AdmissionRefusal.ForeignFrom => (403, "From Is Not the Authenticated User", "foreign_from"),
        AdmissionRefusal.BadPrivacy => (400, "Bad Privacy", "bad_privacy"),
        AdmissionRefusal.TooManyPreferences => (400, "Too Many Caller Preferences", "too_many_preferences"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };
}
