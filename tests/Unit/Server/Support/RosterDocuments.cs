using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;

namespace OmaIm.Tests.Unit.Server.Support;

internal static class RosterDocuments
{
    /// <summary>The roster documents that came to a client in one dialog, in order.</summary>
    public static IEnumerable<ConferenceInfo> Of(ScriptedClient client, string callId)
    {
        foreach (var notify in client.Requests)
        {
            if (notify.Method == SipMethod.Notify
                && string.Equals(notify.CallId!.Value, callId, StringComparison.Ordinal)
                && string.Equals(notify.ContentType?.MediaType, ConferenceInfo.ContentType, StringComparison.Ordinal))
            {
                yield return ConferenceInfo.TryParse(notify.Body, out var document)
                    ? document
                    : throw new InvalidOperationException("The server sent a roster that cannot be read");
            }
        }
    }

    /// <summary>The users of a document by name, those that left with a minus sign.</summary>
    public static string Users(this ConferenceInfo document) => string.Join(
        ' ',
        document.Users.Select(user => (user.State == InfoState.Deleted ? "-" : "") + SipUri.Parse(user.Entity).User));
}
