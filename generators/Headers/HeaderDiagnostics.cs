using Microsoft.CodeAnalysis;

namespace OmaIm.Generators.Headers;

/// <summary>One descriptor for each mistake that an attributed type can make.</summary>
internal static class HeaderDiagnostics
{
    public static readonly DiagnosticDescriptor BadName = Create(
        "OMAIM001", "A header name is a token", "'{0}': the header name '{1}' is not a token that begins with a letter");

    public static readonly DiagnosticDescriptor BadCompactForm = Create(
        "OMAIM002", "A compact form is one lower-case letter of a SIP header", "'{0}': '{1}' cannot be a compact form");

    public static readonly DiagnosticDescriptor NoTryParse = Create(
        "OMAIM003", "A header type reads itself", "'{0}' needs a method 'public static bool TryParse(ReadOnlySpan<byte> value, out {1} header)'");

    public static readonly DiagnosticDescriptor NameTaken = Create(
        "OMAIM004", "A header name belongs to one type", "'{0}': the name or compact form '{1}' belongs to another header of the protocol");

    public static readonly DiagnosticDescriptor IdTaken = Create(
        "OMAIM005", "A header id belongs to one type", "'{0}': the id '{1}' belongs to another header of the protocol; rename the type");

    public static readonly DiagnosticDescriptor BadType = Create(
        "OMAIM006", "A header type is plain", "'{0}' cannot be a header type: {1}");

    private static DiagnosticDescriptor Create(string id, string title, string message)
        => new(id, title, message, "OmaIm.Headers", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
