using System.Xml.Linq;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Subscriptions to a roster, spoken byte by byte (RFC 4575, RFC 6665).</summary>
internal static class RosterText
{
    public static readonly XNamespace Namespace = "urn:ietf:params:xml:ns:conference-info";

    /// <summary>SUBSCRIBE within the dialog of a member.</summary>
    public static Task<SipText> SubscribeAsync(WireMember member, int seconds = 600, string package = "conference", string headers = "") =>
        member.Dialog.RequestAsync("SUBSCRIBE", $"Contact: <{member.Sip.ContactUri}>\r\nEvent: {package}\r\nExpires: {seconds}\r\n{headers}");

    /// <summary>The next NOTIFY, answered.</summary>
    public static async Task<SipText> NotifiedAsync(WireUser user)
    {
        var notify = await user.IncomingAsync("NOTIFY");
        await user.RespondAsync(notify, 200, "OK");
        return notify;
    }

    /// <summary>The state as it is now: a subscription that ends at once.</summary>
    public static async Task<XElement> FetchAsync(WireMember member)
    {
        WireUser.Expect(await SubscribeAsync(member, seconds: 0), 200);
        return Document(await NotifiedAsync(member.Sip));
    }

    public static XElement Document(SipText notify)
    {
        Assert.Equal("application/conference-info+xml", notify["Content-Type"]);
        return XDocument.Load(new StringReader(SipText.Decode(notify.Body))).Root!;
    }

    /// <summary>The users of a document: who, and how his element stands.</summary>
    public static (string? Entity, string? State)[] Users(XElement document) =>
        [.. document.Descendants(Namespace + "user").Select(static user => ((string?)user.Attribute("entity"), (string?)user.Attribute("state")))];
}
