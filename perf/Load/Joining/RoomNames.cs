using System.Globalization;

namespace OmaIm.Load.Joining;

/// <summary>How the rooms of a run are called: NAME when there is one, NAME-1 to NAME-R when there are more; and its one-to-one sessions.</summary>
internal static class RoomNames
{
    public static IEnumerable<string> Of(string name, int rooms) => rooms == 1
        ? [name]
        : Enumerable.Range(1, rooms).Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));

    /// <summary>The names of one-to-one sessions, as addresses that nobody has: they stand for the room where a driver wants one.</summary>
    public static IEnumerable<string> OfSessions(int sessions, string domain) =>
        Enumerable.Range(1, sessions).Select(number => string.Create(CultureInfo.InvariantCulture, $"sip:session-{number}@{domain}"));

    public static string UriOf(string name, string domain) => $"sip:{name}@rooms.{domain}";
}
