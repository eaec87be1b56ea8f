using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace OmaIm.Generators.Headers;

/// <summary>Attributed type to model: the only place that touches symbols.</summary>
internal static class HeaderParser
{
    private const byte DefaultOrder = 100;
    private const string Suffix = "Header";
    private const string TokenMarks = "-.!%*_+`'~";

    public static ParsedHeader Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None;
        var model = Read(type, attribute);
        var place = DiagnosticInfo.Create(HeaderDiagnostics.NameTaken, location, type.Name, "");
        var diagnostics = Check(type, model).Select(mistake => DiagnosticInfo.Create(mistake.Descriptor, place, mistake.Detail)).ToList();
        return new ParsedHeader(diagnostics.Count == 0 ? model : null, new ImmutableEquatableArray<DiagnosticInfo>(diagnostics), place);
    }

    /// <summary>The diagnostics of each type, and those of types that collide.</summary>
    public static ImmutableEquatableArray<DiagnosticInfo> CollectDiagnostics(ImmutableArray<ParsedHeader> headers)
    {
        var diagnostics = headers.SelectMany(header => header.Diagnostics).ToList();
        var names = new HashSet<(Protocol, string)>();
        var ids = new HashSet<(Protocol, string)>();
        foreach (var header in headers)
        {
            if (header.Model is not { } model)
            {
                continue;
            }

            if (!names.Add((model.Protocol, model.Name.ToLowerInvariant())))
            {
                diagnostics.Add(DiagnosticInfo.Create(HeaderDiagnostics.NameTaken, header.Place, model.Name));
            }
            else if (model.Compact is not null && !names.Add((model.Protocol, model.Compact)))
            {
                diagnostics.Add(DiagnosticInfo.Create(HeaderDiagnostics.NameTaken, header.Place, model.Compact));
            }

            if (!ids.Add((model.Protocol, model.Id)))
            {
                diagnostics.Add(DiagnosticInfo.Create(HeaderDiagnostics.IdTaken, header.Place, model.Id));
            }
        }

        return new ImmutableEquatableArray<DiagnosticInfo>(diagnostics);
    }

    private static HeaderModel Read(INamedTypeSymbol type, AttributeData attribute)
    {
        var protocol = (Protocol)(attribute.ConstructorArguments[0].Value as int? ?? 0);
        var name = attribute.ConstructorArguments[1].Value as string ?? "";
        var named = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        named.TryGetValue("Compact", out var compact);
        named.TryGetValue("Cardinality", out var cardinality);
        named.TryGetValue("Order", out var order);
        var id = type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.Name.Length > Suffix.Length
            ? type.Name.Substring(0, type.Name.Length - Suffix.Length)
            : type.Name;
        return new HeaderModel(
            protocol,
            name,
            compact as string,
            (Cardinality)(cardinality as int? ?? 0),
            order as byte? ?? DefaultOrder,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            id);
    }

    private static IEnumerable<(DiagnosticDescriptor Descriptor, string Detail)> Check(INamedTypeSymbol type, HeaderModel model)
    {
        if (model.Name.Length == 0 || !IsLetter(model.Name[0]) || !model.Name.All(IsToken))
        {
            yield return (HeaderDiagnostics.BadName, model.Name);
        }

        if (model.Compact is { } compact && (model.Protocol != Protocol.Sip || compact.Length != 1 || compact[0] is < 'a' or > 'z'))
        {
            yield return (HeaderDiagnostics.BadCompactForm, compact);
        }

        if (type.ContainingType is not null || type.IsGenericType)
        {
            yield return (HeaderDiagnostics.BadType, "it is nested or generic");
        }
        else if (model.Protocol == Protocol.Sip && type.TypeKind != TypeKind.Class)
        {
            yield return (HeaderDiagnostics.BadType, "the typed slot of a SIP message holds a class");
        }
        else if (model.Protocol == Protocol.Msrp && model.Cardinality != Cardinality.Single)
        {
            yield return (HeaderDiagnostics.BadType, "an MSRP header stands once (RFC 4975 section 9)");
        }

        if (!type.GetMembers("TryParse").OfType<IMethodSymbol>().Any(method => IsTryParse(method, type)))
        {
            yield return (HeaderDiagnostics.NoTryParse, type.Name);
        }
    }

    private static bool IsTryParse(IMethodSymbol method, INamedTypeSymbol type)
        => method is { IsStatic: true, ReturnType.SpecialType: SpecialType.System_Boolean, Parameters.Length: 2 }
            && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            && method.Parameters[0].Type.ToDisplayString() == "System.ReadOnlySpan<byte>"
            && method.Parameters[1].RefKind == RefKind.Out
            && SymbolEqualityComparer.Default.Equals(method.Parameters[1].Type, type);

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsToken(char character)
        => IsLetter(character) || character is >= '0' and <= '9' || TokenMarks.IndexOf(character) >= 0;
}
