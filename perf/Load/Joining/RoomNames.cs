using System.Globalization;

namespace OmaIm.Load.Joining;

/// <summary>How the rooms of a run are called: NAME when there is one, NAME-1 to NAME-R when there are more.</summary>
internal static class RoomNames
{
    public static IEnumerable<string> Of(string name, int rooms) => rooms == 1
        ? [name]
        : Enumerable.Range(1, rooms).Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));

    public static string UriOf(string name, string domain) => $"sip:{name}@rooms.{domain}";
}
