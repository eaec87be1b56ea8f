namespace OmaIm.Protocols.Msrp;

public enum MsrpHeaderId : byte
{
    Unknown,
    ToPath,
    FromPath,
    MessageId,
    SuccessReport,
    FailureReport,
    ByteRange,
    Status,
    UseNickname,
    Expires,
    MinExpires,
    MaxExpires,
    UsePath,
    WWWAuthenticate,
    Authorization,
    AuthenticationInfo,
    ContentType,
    ContentId,
    ContentDescription,
    ContentDisposition,
}

public static class MsrpHeaderNames
{
    public static MsrpHeaderId Lookup(ReadOnlySpan<byte> name) => throw new NotImplementedException();
    public static ReadOnlySpan<byte> Canonical(MsrpHeaderId id) => throw new NotImplementedException();
}

public struct MsrpHeaderSlots
{
    public bool TrySet(MsrpHeaderId id, int start, int length) => throw new NotImplementedException();
    public readonly (int Start, int Length) Get(MsrpHeaderId id) => throw new NotImplementedException();
    public readonly bool Contains(MsrpHeaderId id) => throw new NotImplementedException();
    public void Clear() => throw new NotImplementedException();
}
