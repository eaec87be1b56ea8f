namespace OmaIm.Server.Pager;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class PagerRefusals
{
    public static (int Status, string? Phrase, string Tag) Describe(PagerRefusal refusal) => refusal switch
    {
        PagerRefusal.NoContentType => (400, "Missing Content-Type", "no_content_type"),
        PagerRefusal.TooLarge => (413, null, "too_large"),
        PagerRefusal.Offline => (480, null, "offline"),
        PagerRefusal.TooLargeForPath => (513, null, "too_large_for_path"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };
}
