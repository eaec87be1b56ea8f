namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A SIP message that a stranger sends, and what must come of it.</summary>
/// <param name="Name">The case of the threat catalogue and what is wrong.</param>
/// <param name="Bytes">The bytes; {port} stands for the sender's port.</param>
/// <param name="Statuses">The final status codes that are right; empty for none at all.</param>
/// <param name="IsCounted">Whether the counter of malformed messages rises.</param>
public sealed record SipCase(string Name, string Bytes, int[] Statuses, bool IsCounted)
{
    public override string ToString() => Name;
}
