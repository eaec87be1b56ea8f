namespace OmaIm.Protocols.Conference;

/// <summary>The subscriber's copy of a conference's state, kept up to date document by document (RFC 4575 section 4.6).</summary>
public sealed class ConferenceRoster
{
    public string? Entity { get; private set; }

    public uint Version { get; private set; }

    public string? DisplayText { get; private set; }

    public string? Subject { get; private set; }

    public int? MaximumUserCount { get; private set; }

    /// <summary>The participants in the order in which they became known.</summary>
    public IReadOnlyList<ConferenceUser> Users => throw new NotSupportedException();

    public RosterResult Apply(ConferenceInfo document) => throw new NotSupportedException();
}
