using OmaIm.Stack.Dialogs;

namespace OmaIm.Server.Rooms;

/// <summary>One subscriber to a roster, and how much of it he knows.</summary>
public sealed class RosterSubscriber(string aor)
{
    public string Aor { get; } = aor;

    /// <summary>Null until the subscription is accepted.</summary>
    public NotifierUsage? Usage { get; set; }

    /// <summary>The number of the last change that he was told; 0 makes the next document a full one.</summary>
    public long Known { get; set; }

    /// <summary>The version of the last document sent to him (RFC 4575 section 4.6: one higher in each).</summary>
    public uint Version { get; set; }

    /// <summary>A full document is due: at the start and after each refresh.</summary>
    public bool IsFullDue { get; set; } = true;

    /// <summary>The last document had no room for everything: the next one follows as soon as it is answered.</summary>
    public bool IsCut { get; set; }
}
