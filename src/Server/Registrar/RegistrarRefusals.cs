namespace OmaIm.Server.Registrar;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class RegistrarRefusals
{
    public static (int Status, string? Phrase, string Tag) Describe(RegistrarRefusal refusal) => refusal switch
    {
        RegistrarRefusal.UnknownUser => (404, null, "unknown_user"),
        RegistrarRefusal.ForeignUser => (403, "To Is Not the Authenticated User", "foreign_user"),
        RegistrarRefusal.ForeignScheme => (400, "Contact Is Not a SIP URI", "foreign_scheme"),
        RegistrarRefusal.BadWildcard => (400, "Bad Contact: * Stands Alone and Needs Expires 0", "bad_wildcard"),
        RegistrarRefusal.TooBrief => (423, null, "too_brief"),
        RegistrarRefusal.OutOfOrder => (500, "CSeq Out of Order", "out_of_order"),
        RegistrarRefusal.TooManyContacts => (403, "Too Many Contacts", "too_many_contacts"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };
}
