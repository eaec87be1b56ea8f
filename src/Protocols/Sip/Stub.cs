namespace OmaIm.Protocols.Sip;

public enum SipHeaderId : byte
{
    Unknown,
    From,
    To,
    Contact,
    Route,
    RecordRoute,
    Path,
    ServiceRoute,
    ReferTo,
    ReferredBy,
    PAssertedIdentity,
    PPreferredIdentity,
    PAssociatedUri,
    CallId,
    Subject,
    UserAgent,
    Server,
    ConversationId,
    ContributionId,
    SipETag,
    SipIfMatch,
    MimeVersion,
    Timestamp,
    ReferSub,
    Supported,
    Require,
    ProxyRequire,
    Unsupported,
    Allow,
    Accept,
    AllowEvents,
    ContentEncoding,
    Privacy,
    MaxForwards,
    ContentLength,
    Expires,
    MinExpires,
    MinSE,
    Via,
    CSeq,
    ContentType,
    Event,
    SubscriptionState,
    SessionExpires,
    Date,
    RetryAfter,
    Warning,
    Reason,
    Replaces,
    AcceptContact,
    RejectContact,
    ContentDisposition,
    Authorization,
    ProxyAuthorization,
    WWWAuthenticate,
    ProxyAuthenticate,
    AuthenticationInfo,
}

public static class SipHeaderNames
{
    public static SipHeaderId Lookup(ReadOnlySpan<byte> name) => throw new NotImplementedException();
    public static ReadOnlySpan<byte> Canonical(SipHeaderId id) => throw new NotImplementedException();
}

public sealed partial class SipMessage
{
    public Headers.FromHeader? From => throw new NotImplementedException();
    public Headers.ToHeader? To => throw new NotImplementedException();
    public Headers.ContactHeader? Contact => throw new NotImplementedException();
    public IReadOnlyList<Headers.ContactHeader> Contacts => throw new NotImplementedException();
    public Headers.RouteHeader? Route => throw new NotImplementedException();
    public IReadOnlyList<Headers.RouteHeader> Routes => throw new NotImplementedException();
    public Headers.RecordRouteHeader? RecordRoute => throw new NotImplementedException();
    public IReadOnlyList<Headers.RecordRouteHeader> RecordRoutes => throw new NotImplementedException();
    public Headers.PathHeader? Path => throw new NotImplementedException();
    public IReadOnlyList<Headers.PathHeader> Paths => throw new NotImplementedException();
    public Headers.ServiceRouteHeader? ServiceRoute => throw new NotImplementedException();
    public IReadOnlyList<Headers.ServiceRouteHeader> ServiceRoutes => throw new NotImplementedException();
    public Headers.ReferToHeader? ReferTo => throw new NotImplementedException();
    public Headers.ReferredByHeader? ReferredBy => throw new NotImplementedException();
    public Headers.PAssertedIdentityHeader? PAssertedIdentity => throw new NotImplementedException();
    public IReadOnlyList<Headers.PAssertedIdentityHeader> PAssertedIdentities => throw new NotImplementedException();
    public Headers.PPreferredIdentityHeader? PPreferredIdentity => throw new NotImplementedException();
    public IReadOnlyList<Headers.PPreferredIdentityHeader> PPreferredIdentities => throw new NotImplementedException();
    public Headers.PAssociatedUriHeader? PAssociatedUri => throw new NotImplementedException();
    public IReadOnlyList<Headers.PAssociatedUriHeader> PAssociatedUris => throw new NotImplementedException();
    public Headers.CallIdHeader? CallId => throw new NotImplementedException();
    public Headers.SubjectHeader? Subject => throw new NotImplementedException();
    public Headers.UserAgentHeader? UserAgent => throw new NotImplementedException();
    public Headers.ServerHeader? Server => throw new NotImplementedException();
    public Headers.ConversationIdHeader? ConversationId => throw new NotImplementedException();
    public Headers.ContributionIdHeader? ContributionId => throw new NotImplementedException();
    public Headers.SipETagHeader? SipETag => throw new NotImplementedException();
    public Headers.SipIfMatchHeader? SipIfMatch => throw new NotImplementedException();
    public Headers.MimeVersionHeader? MimeVersion => throw new NotImplementedException();
    public Headers.TimestampHeader? Timestamp => throw new NotImplementedException();
    public Headers.ReferSubHeader? ReferSub => throw new NotImplementedException();
    public Headers.SupportedHeader? Supported => throw new NotImplementedException();
    public Headers.RequireHeader? Require => throw new NotImplementedException();
    public Headers.ProxyRequireHeader? ProxyRequire => throw new NotImplementedException();
    public Headers.UnsupportedHeader? Unsupported => throw new NotImplementedException();
    public Headers.AllowHeader? Allow => throw new NotImplementedException();
    public Headers.AcceptHeader? Accept => throw new NotImplementedException();
    public Headers.AllowEventsHeader? AllowEvents => throw new NotImplementedException();
    public Headers.ContentEncodingHeader? ContentEncoding => throw new NotImplementedException();
    public Headers.PrivacyHeader? Privacy => throw new NotImplementedException();
    public Headers.MaxForwardsHeader? MaxForwards => throw new NotImplementedException();
    public Headers.ContentLengthHeader? ContentLength => throw new NotImplementedException();
    public Headers.ExpiresHeader? Expires => throw new NotImplementedException();
    public Headers.MinExpiresHeader? MinExpires => throw new NotImplementedException();
    public Headers.MinSEHeader? MinSE => throw new NotImplementedException();
    public Headers.ViaHeader? Via => throw new NotImplementedException();
    public IReadOnlyList<Headers.ViaHeader> Vias => throw new NotImplementedException();
    public Headers.CSeqHeader? CSeq => throw new NotImplementedException();
    public Headers.ContentTypeHeader? ContentType => throw new NotImplementedException();
    public Headers.EventHeader? Event => throw new NotImplementedException();
    public Headers.SubscriptionStateHeader? SubscriptionState => throw new NotImplementedException();
    public Headers.SessionExpiresHeader? SessionExpires => throw new NotImplementedException();
    public Headers.DateHeader? Date => throw new NotImplementedException();
    public Headers.RetryAfterHeader? RetryAfter => throw new NotImplementedException();
    public Headers.WarningHeader? Warning => throw new NotImplementedException();
    public IReadOnlyList<Headers.WarningHeader> Warnings => throw new NotImplementedException();
    public Headers.ReasonHeader? Reason => throw new NotImplementedException();
    public IReadOnlyList<Headers.ReasonHeader> Reasons => throw new NotImplementedException();
    public Headers.ReplacesHeader? Replaces => throw new NotImplementedException();
    public Headers.AcceptContactHeader? AcceptContact => throw new NotImplementedException();
    public IReadOnlyList<Headers.AcceptContactHeader> AcceptContacts => throw new NotImplementedException();
    public Headers.RejectContactHeader? RejectContact => throw new NotImplementedException();
    public IReadOnlyList<Headers.RejectContactHeader> RejectContacts => throw new NotImplementedException();
    public Headers.ContentDispositionHeader? ContentDisposition => throw new NotImplementedException();
    public Headers.AuthorizationHeader? Authorization => throw new NotImplementedException();
    public IReadOnlyList<Headers.AuthorizationHeader> Authorizations => throw new NotImplementedException();
    public Headers.ProxyAuthorizationHeader? ProxyAuthorization => throw new NotImplementedException();
    public IReadOnlyList<Headers.ProxyAuthorizationHeader> ProxyAuthorizations => throw new NotImplementedException();
    public Headers.WWWAuthenticateHeader? WWWAuthenticate => throw new NotImplementedException();
    public IReadOnlyList<Headers.WWWAuthenticateHeader> WWWAuthenticates => throw new NotImplementedException();
    public Headers.ProxyAuthenticateHeader? ProxyAuthenticate => throw new NotImplementedException();
    public IReadOnlyList<Headers.ProxyAuthenticateHeader> ProxyAuthenticates => throw new NotImplementedException();
    public Headers.AuthenticationInfoHeader? AuthenticationInfo => throw new NotImplementedException();
}
