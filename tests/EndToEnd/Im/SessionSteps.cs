using OmaIm.Client;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>What tests of sessions do again and again.</summary>
internal static class SessionSteps
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Accepts the invitations that come from now on; the task is the session of the first.</summary>
    public static Task<ChatSession> AcceptNext(ImClient client, SessionOptions? options = null)
    {
        var accepted = new TaskCompletionSource<ChatSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.SessionInvited += invitation => _ = AcceptAsync(invitation);
        return accepted.Task.WaitAsync(Patience);

        async Task AcceptAsync(SessionInvitation invitation)
        {
            try
            {
                accepted.TrySetResult(await invitation.AcceptAsync(options));
            }
            catch (ImException failure)
            {
                accepted.TrySetException(failure);
            }
        }
    }

    /// <summary>The next event of that kind; others before it are skipped.</summary>
    public static async Task<T> NextAsync<T>(ChatSession session)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await session.Events.ReadAsync(patience.Token) is T wanted)
            {
                return wanted;
            }
        }
    }
}
