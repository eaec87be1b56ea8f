using OmaIm.Cli.Terminal;
using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>Finds whom the user means: by SIP URI, by nickname, or by the user part of the URI.</summary>
internal static class Addressee
{
    public static Participant? Find(IReadOnlyList<Participant> roster, string who, out string problem)
    {
        problem = "";
        foreach (var matches in Searches(roster, who))
        {
            switch (matches.Count)
            {
                case 1:
                    return matches[0];
                case > 1:
                    problem = $"{Printable.Name(who)} could be any of {string.Join(", ", matches.Select(match => Printable.Name(match.Uri)))}";
                    return null;
            }
        }

        problem = $"{Printable.Name(who)} is not here; /who lists who is";
        return null;
    }

    private static IEnumerable<List<Participant>> Searches(IReadOnlyList<Participant> roster, string who)
    {
        yield return [.. roster.Where(participant => participant.Uri.Equals(who, StringComparison.Ordinal))];
        yield return [.. roster.Where(participant => who.Equals(participant.Nickname, StringComparison.OrdinalIgnoreCase))];
        yield return [.. roster.Where(participant => participant.WithoutNickname().Name.Equals(who, StringComparison.OrdinalIgnoreCase))];
    }
}
