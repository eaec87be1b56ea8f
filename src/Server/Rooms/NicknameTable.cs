using System.Buffers;
using OmaIm.Protocols.Text;

namespace OmaIm.Server.Rooms;

/// <summary>
/// The nicknames of one room: one per user, shared by all his devices (RFC 7701 section 7.1), compared as RFC 8266 says.
/// The table holds at most one entry per user in the room.
/// </summary>
/// <param name="isAccount">Whether there is an account whose name has that key: nobody else may pose as it.</param>
public sealed class NicknameTable(Func<string, bool> isAccount)
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create(" 0123456789");

    private readonly Dictionary<string, string> _ownerOfKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Key, string Shown)> _nicknameOf = new(StringComparer.Ordinal);

    /// <summary>The nickname of a user as it is shown, or null.</summary>
    public string? Of(string aor) => _nicknameOf.TryGetValue(aor, out var nickname) ? nickname.Shown : null;

    /// <summary>Gives a user the nickname he asks for, in place of the one he has; on refusal he keeps that one.</summary>
    public NicknameVerdict Reserve(string user, string aor, string requested)
    {
        if (requested.Length == 0)
        {
            Free(aor);
            return NicknameVerdict.GivenUp;
        }

        if (requested.Trim(' ').Length > Nickname.MaximumLength)
        {
            return NicknameVerdict.TooLong;
        }

        if (Nickname.Prepare(requested) is not { } key || Nickname.Enforce(requested) is not { } shown)
        {
            return NicknameVerdict.Malformed;
        }

        var isForeignAccount = isAccount(key) && !string.Equals(key, Nickname.Prepare(user), StringComparison.Ordinal);
        if (isForeignAccount || IsOfTheUnnamed(key) || (_ownerOfKey.TryGetValue(key, out var owner) && !string.Equals(owner, aor, StringComparison.Ordinal)))
        {
            return NicknameVerdict.Taken;
        }

        Free(aor);
        _ownerOfKey.Add(key, aor);
        _nicknameOf.Add(aor, (key, shown));
        return NicknameVerdict.Granted;
    }

    // "Anonymous 1" is what the roster calls who has no name: with a nickname like it another could speak for him.
    private static bool IsOfTheUnnamed(string key)
    {
        const string Anonymous = "anonymous";
        return key.StartsWith(Anonymous, StringComparison.Ordinal) && !key.AsSpan(Anonymous.Length).ContainsAnyExcept(NumberChars);
    }

    /// <summary>Frees the nickname of a user who leaves or gives it up.</summary>
    public void Free(string aor)
    {
        if (_nicknameOf.Remove(aor, out var nickname))
        {
            _ownerOfKey.Remove(nickname.Key);
        }
    }
}
