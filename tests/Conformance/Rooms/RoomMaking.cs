using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Rooms of the conference factory, made and filled byte by byte.</summary>
internal static class RoomMaking
{
    public const string Factory = "sip:conference-factory@localhost";

    /// <summary>A list of users as a document (RFC 4826); an attribute may stand behind each URI.</summary>
    public static string List(params string[] entries) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>"
        + string.Concat(entries.Select(static entry => $"<entry uri=\"{entry}/>")) + "</list></resource-lists>";

    /// <summary>The entry of a user, with whatever else it says.</summary>
    public static string Entry(string user, string attributes = "") => $"sip:{user}@localhost\"{attributes}";

    /// <summary>Makes a room and is in it; the MSRP session is bound.</summary>
    public static async Task<WireMember> CreateAsync(Lobby lobby, string user, params string[] entries)
    {
        var path = SdpText.Path();
        var sip = await lobby.ConnectAsync(user);
        var dialog = await InviteAsync(sip, SdpText.Msrp(path), entries);
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        await msrp.FlushAsync();
        return new WireMember(sip, dialog, msrp);
    }

    /// <summary>INVITE to the factory, with a list when there are entries (RFC 5366 section 6).</summary>
    public static Task<WireDialog> InviteAsync(WireUser sip, string offer, params string[] entries) => entries.Length == 0
        ? sip.InviteAsync(Factory, offer)
        : sip.InviteAsync(
            Factory,
            $"--b1\r\nContent-Type: application/sdp\r\n\r\n{offer}\r\n--b1\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
            + $"{List(entries)}\r\n--b1--\r\n",
            "Require: recipient-list-invite\r\n",
            "multipart/mixed;boundary=b1");

    /// <summary>REFER within a member's dialog.</summary>
    public static Task<SipText> ReferAsync(WireMember member, string target, string headers = "", string body = "") =>
        member.Dialog.RequestAsync("REFER", $"Contact: <{member.Sip.ContactUri}>\r\nRefer-To: {target}\r\n{headers}", body);

    /// <summary>Has a user called into a room, who comes; no subscription is made of it.</summary>
    public static async Task<WireMember> CallInAsync(Lobby lobby, WireMember moderator, string user)
    {
        var sip = await lobby.RegisterAsync(user);
        WireUser.Expect(await ReferAsync(moderator, $"<sip:{user}@localhost>", "Refer-Sub: false\r\n"), 202);
        return await AcceptAsync(sip, await sip.IncomingAsync("INVITE"));
    }

    /// <summary>Accepts an invitation; the MSRP session is bound.</summary>
    public static async Task<WireMember> AcceptAsync(WireUser sip, SipText invite)
    {
        var path = SdpText.Path();
        var dialog = await sip.AcceptAsync(invite, SdpText.Msrp(path));
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(invite.Body));
        (msrp.To, msrp.From) = (SdpText.Attribute(invite.Body, "path"), path);
        await msrp.FlushAsync();
        return new WireMember(sip, dialog, msrp);
    }
}
