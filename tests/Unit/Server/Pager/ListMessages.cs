using System.Text;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Unit.Server.Support;

namespace OmaIm.Tests.Unit.Server.Pager;

/// <summary>Messages to the exploder, as tests write them.</summary>
internal static class ListMessages
{
    public const string Exploder = "sip:exploder@localhost";

    /// <summary>A list of entries, each written with its attributes: <c>sip:bob@localhost" cp:copyControl="to</c>.</summary>
    public static string List(params string[] entries) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" " +
        "xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>" + string.Concat(entries.Select(entry => $"<entry uri=\"{entry}\"/>")) + "</list></resource-lists>";

    public static SipMessage Create(ScriptedClient sender, string list, params BodyPart[] content)
    {
        BodyPart[] message = content.Length > 0 ? content : [BodyPart.Create("text/plain", "hello"u8.ToArray())];
        BodyPart[] parts = [.. message, BodyPart.Create("application/resource-lists+xml", Encoding.UTF8.GetBytes(list), "recipient-list")];
        var request = sender.Request(SipMethod.Message, Exploder, (SipHeaderId.Require, "recipient-list-message"));
        var body = MultipartBody.Write("mixed", parts, out var contentType);
        request.SetBody(contentType, body);
        return request;
    }
}
