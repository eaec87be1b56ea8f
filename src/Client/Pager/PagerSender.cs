using OmaIm.Client.Messages;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Pager;

/// <summary>Sends pager messages (RFC 3428). Lives on the control loop.</summary>
internal sealed class PagerSender(UserAgent agent, TimeProvider time, int maximumSize)
{
    /// <summary>
    /// Sends a message, and returns null when it is too large for pager mode, here or at the server (413, 513). Where nobody takes message/cpim
    /// (415), it goes once more without that wrapper.
    /// </summary>
    /// <exception cref="ImException">Every other refusal, and when nobody answers.</exception>
    public async Task<SentMessage?> TrySendAsync(
        SipUri to, string contentType, ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var callId = RandomToken.Create();
        var messageId = options.MessageId ?? (NeedsEnvelope(contentType, options) ? RandomToken.Create() : null);
        var (type, body) = messageId is null
            ? (contentType, content)
            : (MessageEnvelope.Cpim, MessageEnvelope.Wrap(agent.Identity, agent.DisplayName, to, time.GetUtcNow(), contentType, content, messageId, options));
        if (body.Length > maximumSize)
        {
            return null;
        }

        var target = FirstHop(options.ReceiptRoutes) ?? to;
        var response = await SendAsync(target, callId, type, body, options, cancellationToken);
        if (response.StatusCode == 415 && type == MessageEnvelope.Cpim && !ImdnBody.IsImdn(contentType))
        {
            // A client that knows no wrapper: its user shall have the message all the same. Receipts will not come; its answer says as much.
            response = await SendAsync(to, RandomToken.Create(), contentType, content, options, cancellationToken);
        }

        return response.StatusCode switch
        {
            >= 200 and < 300 => new SentMessage(
                messageId ?? callId, MessageMode.Pager, response.StatusCode == 202, response.StatusCode == 200, time.GetElapsedTime(began)),
            413 or 513 => null,
            _ => throw ImException.FromSip(response.StatusCode, response.ReasonPhrase),
        };
    }

    private Task<SipMessage> SendAsync(
        SipUri to, string callId, string contentType, ReadOnlyMemory<byte> body, SendOptions options, CancellationToken cancellationToken)
    {
        var fromTag = RandomToken.Create();
        return agent.SendMessageAsync((_, attempt) => Create(to, callId, fromTag, attempt, contentType, body, options), cancellationToken);
    }

    // Receipts need an id to name the message by, and are themselves for CPIM alone (RFC 5438 section 7.2.1.1).
    private static bool NeedsEnvelope(string contentType, SendOptions options) => options.Receipts != ImdnRequests.None || ImdnBody.IsImdn(contentType);

    // RFC 5438 section 7.2.1.1: a recorded route goes into the receipt, which is sent to its first URI. A URI that is none is stepped over.
    private static SipUri? FirstHop(IReadOnlyList<string> routes) =>
        routes.Select(route => SipUri.TryParse(route, out var uri) && uri.IsSip ? uri : null).FirstOrDefault(uri => uri is not null);

    private SipMessage Create(
        SipUri to, string callId, string fromTag, uint attempt, string contentType, ReadOnlyMemory<byte> body, SendOptions options)
    {
        var message = agent.CreateRequest(SipMethod.Message, to, callId, fromTag, attempt + 1);
        message.Headers.Set(SipHeaderId.AcceptContact, ImFeatures.AcceptIm);
        message.Headers.Set(SipHeaderId.Date, new DateHeader(time.GetUtcNow()).ToString());
        if (options.Expires is { } expires)
        {
            message.Headers.Set(SipHeaderId.Expires, ((long)expires.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (options.Subject is { } subject)
        {
            message.Headers.Set(SipHeaderId.Subject, subject);
        }

        message.SetBody(contentType, body);
        return message;
    }
}
