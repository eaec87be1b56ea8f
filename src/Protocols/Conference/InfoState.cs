namespace OmaIm.Protocols.Conference;

/// <summary>The state attribute of RFC 4575 section 4.4: whether an element replaces, changes or removes what is known.</summary>
public enum InfoState
{
    Full,
    Partial,
    Deleted,
}
