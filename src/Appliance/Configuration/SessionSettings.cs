using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record SessionSettings
{
    private static readonly SessionOptions Defaults = new();

    [Setting("Which way the messages of one-to-one sessions take: through the server, from client to client, or from client to client where both can be reached.",
        Reason = "Through the server it works wherever both reach the server.")]
    public SessionMode Mode { get; init; } = Defaults.Mode;

    [Setting("How long the callee's devices ring before the caller gets 480.", Minimum = 5, Maximum = 180, Unit = "s", Reason = "What people are used to from telephones.")]
    public int RingSeconds { get; init; } = (int)Defaults.RingTime.TotalSeconds;

    [Setting("How long a session waits for a client's MSRP connection, the first one or, after it was lost, the next one.", Minimum = 1, Maximum = 3_600, Unit = "s",
        Reason = "A change of networks takes seconds.")]
    public int RecoverySeconds { get; init; } = (int)Defaults.RecoveryTime.TotalSeconds;

    [Setting("How long of that it waits for a client whose SIP connection is lost as well.", Minimum = 1, Maximum = 3_600, Unit = "s",
        Reason = "That is mostly a program that has ended; any other connects anew within two seconds.")]
    public int ReturnSeconds { get; init; } = (int)Defaults.ReturnTime.TotalSeconds;

    [Setting("How long, after one side's BYE, the other may take to get what was answered to the first before it hears the BYE, too.", Minimum = 1, Maximum = 3_600, Unit = "s",
        Reason = "What a connection holds that takes 50 KB/s; one that takes nothing is given up sooner.")]
    public int DrainSeconds { get; init; } = (int)Defaults.DrainTime.TotalSeconds;

    [Setting("Largest message or file of a one-to-one session; larger ones get 413.", Minimum = 1_024, Maximum = 17_179_869_184, Unit = "B",
        Reason = "A file of 1 GB fits; the switch stores nothing of it, the limit protects the recipients.")]
    public long MaxMessageBytes { get; init; } = Defaults.MaximumMessageSize;

    [Setting("Sessions that one user may have begun; more get 486.", Minimum = 1, Maximum = 100_000, Reason = "Everybody he knows, on every device.")]
    public int SessionsPerUser { get; init; } = Defaults.SessionsPerUser;

    [Setting("One-to-one sessions at once; more get 503.", Minimum = 1, Maximum = 1_000_000, Reason = "Each costs two dialogs and a route, about 10 KB.")]
    public int MaxSessions { get; init; } = Defaults.Sessions;
}
