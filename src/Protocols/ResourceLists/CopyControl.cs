namespace OmaIm.Protocols.ResourceLists;

/// <summary>The copyControl attribute of RFC 5364: how the others see this recipient.</summary>
public enum CopyControl
{
    To,
    Cc,
    Bcc,
}
