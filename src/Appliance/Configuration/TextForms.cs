using System.Text.RegularExpressions;

namespace OmaIm.Appliance.Configuration;

/// <summary>The pattern of each <see cref="TextForm"/>. The schema carries the same patterns, so an editor refuses what the server refuses.</summary>
public static class TextForms
{
    private const string UserCharacters = "[A-Za-z0-9._~-]+";
    private const string DomainCharacters = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?";
    private const string HostCharacters = $@"(?:{DomainCharacters}|\[[0-9A-Fa-f:.]+\])";

    public static string Pattern(TextForm form) => form switch
    {
        TextForm.Domain => $"^{DomainCharacters}$",
        TextForm.Host => $"^{HostCharacters}$",
        TextForm.User => $"^{UserCharacters}$",
        TextForm.UserOrUri => $"^(?:{UserCharacters}|sip:{UserCharacters}@{HostCharacters})$",
        TextForm.Hex => "^[0-9a-f]+$",
        _ => @"^[^\u0000-\u001f\u007f-\u009f]*$",
    };

    public static string Expectation(TextForm form) => form switch
    {
        TextForm.Domain => "a domain name",
        TextForm.Host => "a host name or IP address (IPv6 in brackets)",
        TextForm.User => "a user name of letters, digits and . _ ~ -",
        TextForm.UserOrUri => "a user name, or sip:USER@HOST",
        TextForm.Hex => "lower-case hexadecimal digits",
        _ => "text without control characters",
    };

    public static bool Matches(TextForm form, string text)
    {
        // The length is compared because $ also matches before a last line feed.
        var match = Regex.Match(text, Pattern(form), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return match.Success && match.Length == text.Length;
    }
}
