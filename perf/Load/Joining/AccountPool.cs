using System.Globalization;

namespace OmaIm.Load.Joining;

/// <summary>The accounts among which the sessions are spread. Several sessions of one account in a room are several members.</summary>
/// <param name="Users">User parts of the addresses.</param>
/// <param name="Password">The password of all; <c>{user}</c> in it stands for the user.</param>
internal sealed record AccountPool(IReadOnlyList<string> Users, string Password)
{
    private const string UserPlaceholder = "{user}";

    /// <summary>What a server without configuration has.</summary>
    public static AccountPool Demo { get; } = new(["alice", "bob", "carol", "dave"], UserPlaceholder + "-secret");

    /// <summary>Accounts PREFIX1 to PREFIXn.</summary>
    public static AccountPool Numbered(string prefix, int count, string password) =>
        new([.. Enumerable.Range(1, count).Select(number => prefix + number.ToString(CultureInfo.InvariantCulture))], password);

    public string PasswordOf(string user) => Password.Replace(UserPlaceholder, user, StringComparison.Ordinal);
}
