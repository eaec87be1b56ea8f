using OmaIm.Protocols.Msrp;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Bytes that a bound member of the lobby sends, and what must come of them.</summary>
/// <param name="Name">The case of the threat catalogue and what is wrong.</param>
/// <param name="Bytes">The bytes; {to} and {from} stand for the session's paths, {lobby} for the room.</param>
/// <param name="Status">The status code that answers it; 0 for none.</param>
/// <param name="Rejection">The counter that rises; None for none.</param>
/// <param name="Heard">What the others in the room hear of it.</param>
public sealed record MsrpCase(string Name, string Bytes, int Status, MsrpRejection Rejection, params string[] Heard)
{
    public override string ToString() => Name;
}
