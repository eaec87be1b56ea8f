using System.Globalization;
using System.Text;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Sessions;

/// <summary>
/// How two sides agree on where a large message goes on in another session: an attribute of the offer names the message, the same attribute of
/// the answer says how much of it is there. It is this client's own: a peer that does not know it answers without, and gets the message from
/// its start.
/// </summary>
internal static class Resumption
{
    private const string Attribute = "x-omaim-resume";

    /// <summary>Adds to an offer which message the session is for.</summary>
    public static SessionDescription Offer(SessionDescription offer, string messageId) => Add(offer, messageId);

    /// <summary>The Message-ID that an offer names; null for none.</summary>
    public static string? ReadOffer(SessionDescription offer) => offer.Attribute(Attribute);

    /// <summary>Adds to an answer how many bytes of the message are there, from its start and without a hole.</summary>
    public static SessionDescription Answer(SessionDescription answer, string messageId, long bytes) =>
        Add(answer, string.Create(CultureInfo.InvariantCulture, $"{messageId} {bytes}"));

    /// <summary>How many bytes an answer says are there; 0 when it does not know the message.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="messageId">The message that the offer named.</param>
    /// <param name="length">Its length: nobody has more of it.</param>
    public static long ReadAnswer(SessionDescription answer, string messageId, long length) =>
        answer.Attribute(Attribute) is { } value
        && value.StartsWith(messageId + " ", StringComparison.Ordinal)
        && Digits.TryParse(Encoding.ASCII.GetBytes(value[(messageId.Length + 1)..]), length, out var bytes) ? bytes : 0;

    private static SessionDescription Add(SessionDescription description, string value) =>
        description with { Attributes = [.. description.Attributes, new SdpAttribute(Attribute, value)] };
}
