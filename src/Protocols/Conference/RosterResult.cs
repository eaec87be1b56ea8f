namespace OmaIm.Protocols.Conference;

/// <summary>What became of a document given to <see cref="ConferenceRoster.Apply"/> (RFC 4575 section 4.6).</summary>
public enum RosterResult
{
    /// <summary>The roster is now up to date.</summary>
    Applied,

    /// <summary>An old or repeated version; nothing changed.</summary>
    Ignored,

    /// <summary>A version is missing: ask for a full document by a new SUBSCRIBE.</summary>
    NeedsFullState,

    /// <summary>The conference is over.</summary>
    Deleted,
}
