namespace OmaIm.Load.Traffic;

/// <summary>A room under load: its members in the order of their joining, of which the first ones send.</summary>
internal sealed class LoadRoom(string uri)
{
    public string Uri { get; } = uri;

    public List<LoadMember> Members { get; } = [];

    public List<Sender> Senders { get; } = [];

    /// <summary>The large message through this room, when there is one.</summary>
    public BigTransfer? Big { get; set; }

    /// <summary>Members who hear what is said; for the loop's thread.</summary>
    public int Listeners { get; set; }
}
