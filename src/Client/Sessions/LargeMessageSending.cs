using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Sessions;

/// <summary>
/// Sends messages in large message mode, each in a session of its own. When that breaks before the message was taken, another session goes on
/// with it, from where the receiver has it (<see cref="Resumption"/>). What the other side or this user has ended is not begun again. Lives on
/// the control loop.
/// </summary>
/// <param name="runtime">Time.</param>
/// <param name="attempts">Sessions for one message.</param>
/// <param name="invite">Invites to a session that goes on with a message, or begins with one while there is none.</param>
internal sealed class LargeMessageSending(
    ImRuntime runtime, int attempts, Func<SipUri, SessionOptions, SealedMessage?, CancellationToken, Task<ChatSession>> invite)
{
    /// <summary>The first and the longest wait: a change of networks takes a second, the restart of a server some ten.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <exception cref="ImException">Refused, not there, or broken too often.</exception>
    public async Task<SentMessage> SendAsync(
        SipUri to, string contentType, ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        var began = runtime.Time.GetTimestamp();
        var backOff = new BackOff(FirstWait, LongestWait);
        SealedMessage? message = null;
        for (var attempt = 1; ; attempt++)
        {
            ChatSession? session = null;
            try
            {
                session = await invite(to, new SessionOptions { Subject = options.Subject, Recover = false }, message, cancellationToken);
                message ??= session.Seal(contentType, content, options);
                var sent = await session.SendAsync(message, options, cancellationToken);
                return sent with { Elapsed = runtime.Time.GetElapsedTime(began) };
            }
            catch (ImException failure) when (message is not null && (MayPass(failure) || session is { IsLost: true }))
            {
                if (attempt >= attempts)
                {
                    throw new ImException(failure.Failure, failure.StatusCode, $"broken off {attempt} times, at last: {failure.Phrase}", failure);
                }
            }
            finally
            {
                _ = session?.DisposeAsync().AsTask();
            }

            await runtime.DelayAsync(backOff.Next(), cancellationToken);
        }
    }

    /// <summary>Whether another try may end better: nobody answers, or is there, at this moment.</summary>
    private static bool MayPass(ImException failure) =>
        failure.Failure == ImFailure.Unreachable || failure.StatusCode is 480 or (>= 500 and < 600);
}
