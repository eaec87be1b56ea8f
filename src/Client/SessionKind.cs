namespace OmaIm.Client;

/// <summary>What a session is for.</summary>
public enum SessionKind
{
    /// <summary>Both sides say what they like, until one of them closes.</summary>
    Chat,

    /// <summary>One message that is too large for pager mode.</summary>
    LargeMessage,
}
