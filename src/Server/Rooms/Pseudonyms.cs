using System.Globalization;

namespace OmaIm.Server.Rooms;

/// <summary>
/// The addresses under which unnamed users stand in one room: <c>sip:anonymous1@anonymous.invalid</c>, the same for all that one user says
/// while he is there. A number is never given twice, so that nobody is taken for one who left. At most one entry per user of the domain.
/// </summary>
public sealed class Pseudonyms
{
    private readonly Dictionary<string, string> _ofUser = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The user's pseudonym; he gets one if he has none.</summary>
    public string Of(string aor)
    {
        if (!_ofUser.TryGetValue(aor, out var pseudonym))
        {
            _ofUser[aor] = pseudonym = string.Create(CultureInfo.InvariantCulture, $"sip:anonymous{++_count}@anonymous.invalid");
        }

        return pseudonym;
    }

    /// <summary>Forgets the pseudonym of a user who left.</summary>
    public void Free(string aor) => _ofUser.Remove(aor);

    /// <summary>Whether the user has a pseudonym.</summary>
    public bool Has(string aor) => _ofUser.ContainsKey(aor);

    /// <summary>The user behind an address: of a pseudonym its owner, of every other address that address.</summary>
    public string OwnerOf(string shown)
    {
        foreach (var (aor, pseudonym) in _ofUser)
        {
            if (string.Equals(pseudonym, shown, StringComparison.Ordinal))
            {
                return aor;
            }
        }

        return shown;
    }

    /// <summary>What stands beside a pseudonym where a name stands: "Anonymous 1"; null for an address that is none.</summary>
    public static string? NameOf(string shown)
    {
        const string Start = "sip:anonymous";
        const string End = "@anonymous.invalid";
        return shown.StartsWith(Start, StringComparison.Ordinal) && shown.EndsWith(End, StringComparison.Ordinal)
            ? "Anonymous " + shown[Start.Length..^End.Length]
            : null;
    }
}
