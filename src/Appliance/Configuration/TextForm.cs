namespace OmaIm.Appliance.Configuration;

/// <summary>What the characters of a text setting may be.</summary>
public enum TextForm
{
    /// <summary>Any characters but control characters.</summary>
    Text,

    /// <summary>A host name.</summary>
    Domain,

    /// <summary>A host name or IP literal, IPv6 in brackets.</summary>
    Host,

    /// <summary>The user part of a SIP URI that needs no escaping (RFC 3261 section 25.1, unreserved without the marks that shells take for their own).</summary>
    User,

    /// <summary>A user of this domain, or a whole SIP URI.</summary>
    UserOrUri,

    /// <summary>A digest in lower-case hexadecimal.</summary>
    Hex,
}
