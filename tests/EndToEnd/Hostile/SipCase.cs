using OmaIm.Protocols.Sip;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A SIP message that a stranger sends, and what must come of it.</summary>
/// <param name="Name">The case of the threat catalogue and what is wrong.</param>
/// <param name="Bytes">The bytes; {id} stands for something unique, {port} for the sender's port.</param>
/// <param name="Status">The final status code that answers it; 0 for none.</param>
/// <param name="Counter">The counter that rises, as metric|label; empty where the RFC asks for silence and nothing is amiss.</param>
/// <param name="Closes">Whether a stream ends, because nobody knows where the next message begins.</param>
public sealed record SipCase(string Name, string Bytes, int Status, string Counter, bool Closes)
{
    public override string ToString() => Name;

    /// <summary>A message that is refused before anybody asks what it means.</summary>
    public static SipCase Malformed(string name, string bytes, SipRejection rejection, bool isAnswered = true) => new(
        name, bytes, isAnswered ? SipRejections.StatusCode(rejection) : 0, $"omaim_sip_rejections_total|\"{rejection}\"", SipRejections.CloseStream(rejection));

    /// <summary>A message that is understood and refused for this reason.</summary>
    public static SipCase Refused(string name, string bytes, int status, string reason) =>
        new(name, bytes, status, $"omaim_server_refusals_total|\"{reason}\"", Closes: false);

    /// <summary>A message that the layers of transactions and dialogs deal with.</summary>
    public static SipCase Stray(string name, string bytes, int status, string metric) => new(name, bytes, status, metric, Closes: false);
}
