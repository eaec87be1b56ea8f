namespace OmaIm.Protocols.Sdp;

/// <summary>The <c>a=setup</c> attribute of RFC 4145, used for MSRP by RFC 6135. <c>holdconn</c> is not used for MSRP.</summary>
public enum SetupRole
{
    /// <summary>This side opens the connection.</summary>
    Active,

    /// <summary>This side listens.</summary>
    Passive,

    /// <summary>This side can do either; offers only.</summary>
    ActPass,
}
