using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Receipts;

/// <summary>Messages that ask for receipts, and receipts, spelled byte by byte (RFC 5438 sections 6 and 11).</summary>
internal static class ReceiptText
{
    public const string ContentType = "Content-Type: message/cpim\r\n";
    public const string Namespace = "urn:ietf:params:xml:ns:imdn";

    /// <summary>A text that asks for receipts; "" asks for none.</summary>
    public static string Message(string from, string to, string id, string requests, string text) =>
        Head(from, to, id) + (requests.Length > 0 ? $"imdn.Disposition-Notification: {requests}\r\n" : "")
        + $"\r\nContent-Type: text/plain\r\n\r\n{text}";

    /// <summary>A receipt about a message of <paramref name="to"/>.</summary>
    public static string Delivered(string from, string to, string about, string requests = "") =>
        Head(from, to, WireUser.NewId()) + (requests.Length > 0 ? $"imdn.Disposition-Notification: {requests}\r\n" : "")
        + $"\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n<imdn xmlns=\"{Namespace}\"><message-id>{about}</message-id>"
        + $"<datetime>2026-01-31T10:00:00Z</datetime><recipient-uri>{from}</recipient-uri>"
        + "<delivery-notification><status><delivered/></status></delivery-notification></imdn>";

    private static string Head(string from, string to, string id) =>
        $"From: <{from}>\r\nTo: <{to}>\r\nDateTime: 2026-01-31T10:00:00Z\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: {id}\r\n";
}
