namespace OmaIm.Protocols.IsComposing;

/// <summary>RFC 3994 section 3.2: a state that is not known counts as idle.</summary>
public enum ComposingState
{
    Idle,
    Active,
}
