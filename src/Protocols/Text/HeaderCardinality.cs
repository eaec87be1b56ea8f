namespace OmaIm.Protocols.Text;

/// <summary>How often a header may stand in a message and how its lines relate (RFC 3261 section 7.3.1).</summary>
public enum HeaderCardinality
{
    /// <summary>At most once; a second line makes the header malformed.</summary>
    Single,

    /// <summary>A comma-separated list, spread over any number of lines; each element is one value.</summary>
    List,

    /// <summary>Any number of lines, each one value that is never split at commas (WWW-Authenticate and its kin).</summary>
    Lines,

    /// <summary>A comma-separated list, spread over any number of lines, that is one value as a whole (Supported).</summary>
    Joined,
}
