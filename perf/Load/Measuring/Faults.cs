using System.Text.Json.Serialization;

namespace OmaIm.Load.Measuring;

/// <summary>What went wrong, by kind. A run is good when everything here is 0.</summary>
internal sealed record Faults
{
    /// <summary>Deliveries that did not come.</summary>
    public long Missing { get; set; }

    /// <summary>Deliveries that came again.</summary>
    public long Doubled { get; set; }

    /// <summary>Deliveries that came after a later message of the same sender.</summary>
    public long OutOfOrder { get; set; }

    /// <summary>Deliveries whose bytes are not what was sent.</summary>
    public long Damaged { get; set; }

    /// <summary>Deliveries to whom they do not concern: the sender himself, or another room.</summary>
    public long Strayed { get; set; }

    /// <summary>Messages that the server answered with an error.</summary>
    public long Refused { get; set; }

    /// <summary>Messages of a fixed rate that could not be sent, because the server was too far behind.</summary>
    public long Overdue { get; set; }

    /// <summary>Members whose session ended before the run did.</summary>
    public long Lost { get; set; }

    /// <summary>Every kind with its count, in words.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, long Count)> ByKind =>
    [
        ("missing", Missing),
        ("doubled", Doubled),
        ("out of order", OutOfOrder),
        ("damaged", Damaged),
        ("strayed", Strayed),
        ("refused", Refused),
        ("overdue", Overdue),
        ("members lost", Lost),
    ];

    public long Total => Missing + Doubled + OutOfOrder + Damaged + Strayed + Refused + Overdue + Lost;
}
