using System.Text;
using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transactions;

/// <summary>Copies headers from one message into another, in their order.</summary>
internal static class HeaderCopies
{
    /// <summary>Copies every value of one header.</summary>
    public static void Copy(SipMessage from, SipHeaderId id, SipMessage to)
    {
        foreach (var field in from.Headers)
        {
            if (field.Id == id)
            {
                to.Headers.Add(id, Encoding.UTF8.GetString(field.Value.Span));
            }
        }
    }

    /// <summary>A request with the same headers and body, but for the Via.</summary>
    public static SipMessage CopyRequest(SipMessage request)
    {
        var copy = SipMessage.CreateRequest(request.Method, request.RequestUri);
        copy.Headers.Remove(SipHeaderId.MaxForwards);
        foreach (var field in request.Headers)
        {
            if (field.Id is not (SipHeaderId.Via or SipHeaderId.ContentLength or SipHeaderId.ContentType))
            {
                copy.Headers.Add(field.NameText, Encoding.UTF8.GetString(field.Value.Span));
            }
        }

        if (request.Headers.GetText(SipHeaderId.ContentType) is { } contentType)
        {
            copy.SetBody(contentType, request.Body);
        }

        return copy;
    }
}
