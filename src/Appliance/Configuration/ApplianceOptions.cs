namespace OmaIm.Appliance.Configuration;

/// <summary>
/// Everything that omaim.json can say. One record per noun; the attributes are the description that validation, the schema and
/// the reference page share. To add a key: add the property with its [Setting], carry it to its part in
/// Hosting/PartOptions.cs, and regenerate the two documents as CONFIGURATION.md says at its top.
/// </summary>
public sealed record ApplianceOptions
{
    [Setting("Domain of the accounts, and the digest realm. The rooms live in rooms.DOMAIN.", Form = TextForm.Domain, Minimum = 1,
        Reason = "localhost needs no name service, so a first try works anywhere.")]
    public string Domain { get; init; } = "localhost";

    [Setting("SIP: signalling.")]
    public SipSettings Sip { get; init; } = new();

    [Setting("MSRP: the messages of sessions and rooms.")]
    public MsrpSettings Msrp { get; init; } = new();

    [Setting("The certificate for TLS. Without one, MSRP is offered over plain TCP only.")]
    public TlsSettings Tls { get; init; } = new();

    [Setting("HTTP: /healthz, /readyz and /metrics.")]
    public HttpSettings Http { get; init; } = new();

    [Setting("The users. Without any, and with every listener on loopback, the demo accounts alice, bob, carol and dave exist.",
        Maximum = 100_000, Reason = "They are kept in memory, about 1 KB each.")]
    public IReadOnlyList<AccountSettings> Accounts { get; init; } = [];

    [Setting("Rooms that exist from the start. With the demo accounts the public room lobby exists too.",
        Maximum = 10_000, Reason = "As many as RoomLimits:Rooms allows by default.")]
    public IReadOnlyList<RoomSettings> Rooms { get; init; } = [];

    [Setting("Bounds and periods of the rooms.")]
    public RoomLimitSettings RoomLimits { get; init; } = new();

    [Setting("Bounds and periods of registrations.")]
    public RegistrarSettings Registrar { get; init; } = new();

    [Setting("One-to-one sessions and large messages.")]
    public SessionSettings Sessions { get; init; } = new();

    [Setting("Bounds of pager messages.")]
    public PagerSettings Pager { get; init; } = new();

    [Setting("Bounds and periods of authentication.")]
    public AdmissionSettings Admission { get; init; } = new();

    [Setting("What is logged, and how. The log goes to standard output.")]
    public LogSettings Log { get; init; } = new();

    [Setting("How long a stop may take: dialogs are ended with BYE, then connections are closed.", Minimum = 1, Maximum = 300, Unit = "s",
        Reason = "Container runtimes kill after 10 s by default.")]
    public int GraceSeconds { get; init; } = 10;
}
