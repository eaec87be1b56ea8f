using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record PagerSettings
{
    private static readonly PagerOptions Defaults = new();

    [Setting("Bytes of a message's body; more gets 413.", Minimum = 100, Maximum = 65_536, Reason = "What is longer has a session of its own.")]
    public int MaxBodyBytes { get; init; } = Defaults.BodyBytes;

    [Setting("Bytes of a whole request to a contact over UDP; a longer one does not go there.", Minimum = 500, Maximum = 65_000,
        Reason = "RFC 3428 section 8: nothing on such a path slows a sender down.")]
    public int MaxDatagramBytes { get; init; } = Defaults.DatagramBytes;

    [Setting("Recipients of one message to a list or a group; more are refused with 486.", Minimum = 1, Maximum = 10_000,
        Reason = "One request of a sender's must not become thousands of the server's.")]
    public int MaxRecipients { get; init; } = Defaults.Recipients;

    [Setting("User part of the exploder's address: a message to it goes to every entry of its list.", Form = TextForm.User, Minimum = 1, Maximum = 64)]
    public string ExploderUser { get; init; } = new ImServerOptions().ExploderUser;

    [Setting("How long receipts for a message to a list or a group wait for others, to reach the sender as one; 0: each goes at once.", Minimum = 0, Maximum = 10_000, Unit = "ms",
        Reason = "Not every client reads several receipts in one message (RFC 5438 section 8.3).")]
    public int ReceiptWindowMilliseconds { get; init; } = (int)Defaults.ReceiptWindow.TotalMilliseconds;

    [Setting("How long a user's contacts have to answer before the sender gets 480.", Minimum = 1, Maximum = 32, Unit = "s",
        Reason = "A sender gives up after 32 s.")]
    public int TimeoutSeconds { get; init; } = (int)Defaults.Timeout.TotalSeconds;
}
