using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd;

/// <summary>Waits for what must happen in a room; a bound turns what never happens into a failure.</summary>
internal static class RoomExpectations
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The next event of a kind that fits; others before it are passed over.</summary>
    public static async Task<T> NextAsync<T>(this RoomSession room, Func<T, bool>? fits = null)
        where T : RoomEvent
    {
        var seen = new List<RoomEvent>();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            while (await room.Events.WaitToReadAsync(timeout.Token))
            {
                while (room.Events.TryRead(out var roomEvent))
                {
                    if (roomEvent is T wanted && (fits is null || fits(wanted)))
                    {
                        return wanted;
                    }

                    seen.Add(roomEvent);
                }
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"No {typeof(T).Name} came, but: {string.Join("; ", seen)}");
        }

        Assert.Fail($"The session ended before a {typeof(T).Name} came: {string.Join("; ", seen)}");
        throw new InvalidOperationException();
    }

    public static Task<MessageReceived> NextMessageAsync(this RoomSession room) => room.NextAsync<MessageReceived>();

    /// <summary>Waits until the roster consists of these users.</summary>
    public static Task RosterBecomesAsync(this RoomSession room, params string[] users)
    {
        string[] wanted = [.. users.Select(user => $"sip:{user}@localhost").Order(StringComparer.Ordinal)];
        return room.RosterBecomesAsync(roster => roster.Select(participant => participant.Uri).Order(StringComparer.Ordinal).SequenceEqual(wanted));
    }

    /// <summary>Waits until somebody in the roster is as described.</summary>
    public static Task RosterBecomesAsync(this RoomSession room, Func<Participant, bool> hasOne) =>
        room.RosterBecomesAsync((IReadOnlyList<Participant> roster) => roster.Any(hasOne));

    private static async Task RosterBecomesAsync(this RoomSession room, Func<IReadOnlyList<Participant>, bool> isRight)
    {
        while (!isRight(room.Roster))
        {
            await room.NextAsync<RoomEvent>(roomEvent => roomEvent is MemberJoined or MemberLeft or NicknameChanged or RosterReplaced);
        }
    }
}
