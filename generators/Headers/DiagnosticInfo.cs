using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OmaIm.Generators.Headers;

/// <summary>A diagnostic as a value. It travels beside the model, never in it: a location changes with every edit above it.</summary>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor, string Path, TextSpan Span, LinePositionSpan Lines, string TypeName, string Detail)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, DiagnosticInfo place, string detail)
        => place with { Descriptor = descriptor, Detail = detail };

    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, Location location, string typeName, string detail)
    {
        var lines = location.GetLineSpan();
        return new DiagnosticInfo(descriptor, lines.Path, location.SourceSpan, lines.Span, typeName, detail);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location.Create(Path, Span, Lines), TypeName, Detail);
}
