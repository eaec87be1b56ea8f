namespace OmaIm.Client.Sessions;

/// <summary>Whether a message asks for a success REPORT, and what it means when none comes.</summary>
internal readonly record struct ReportWish(bool IsAsked, bool IsRequired, TimeSpan Time)
{
    public static ReportWish None => default;
}
