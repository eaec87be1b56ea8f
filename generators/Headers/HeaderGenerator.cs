using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OmaIm.Generators.Headers;

/// <summary>
/// Derives the header tables of SIP and MSRP from the types that carry [Header]. Two branches: models lead to source,
/// diagnostics to the error list; what only moves never reaches the emitter.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HeaderGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads attributed types.</summary>
    public const string ParseStep = "ParseHeaders";

    /// <summary>The step that lists the models of one protocol.</summary>
    public const string TableStep = "HeaderTable";

    /// <summary>The step that lists the diagnostics.</summary>
    public const string DiagnosticsStep = "HeaderDiagnostics";

    private const string AttributeName = "OmaIm.Protocols.Text.HeaderAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellation) => HeaderParser.Parse(attributed, cancellation))
            .WithTrackingName(ParseStep);

        var diagnostics = parsed.Collect()
            .Select(static (headers, _) => HeaderParser.CollectDiagnostics(headers))
            .WithTrackingName(DiagnosticsStep);
        context.RegisterSourceOutput(diagnostics, static (output, list) =>
        {
            foreach (var diagnostic in list)
            {
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
            }
        });

        var models = parsed.Select(static (header, _) => header.Model);
        AddTable(context, models, Protocol.Sip, SipEmitter.Emit);
        AddTable(context, models, Protocol.Msrp, MsrpEmitter.Emit);
    }

    private static void AddTable(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<HeaderModel?> models,
        Protocol protocol,
        System.Func<IReadOnlyList<HeaderModel>, IEnumerable<(string File, string Text)>> emit)
    {
        var table = models
            .Where(model => model?.Protocol == protocol)
            .Collect()
            .Select(static (list, _) => Order(list))
            .WithTrackingName(TableStep + protocol);
        context.RegisterSourceOutput(table, (output, list) =>
        {
            if (list.Count == 0)
            {
                return;
            }

            foreach (var (file, text) in emit(list))
            {
                output.AddSource(file, SourceText.From(text, Encoding.UTF8));
            }
        });
    }

    /// <summary>The headers by name. Of two with one name or id the first stays; the other has its diagnostic.</summary>
    private static ImmutableEquatableArray<HeaderModel> Order(ImmutableArray<HeaderModel?> models)
    {
        var names = new HashSet<string>(System.StringComparer.OrdinalIgnoreCase);
        var ids = new HashSet<string>(System.StringComparer.Ordinal);
        return new ImmutableEquatableArray<HeaderModel>(models
            .Select(model => model!)
            .Where(model => ids.Add(model.Id) & names.Add(model.Name) & (model.Compact is null || names.Add(model.Compact)))
            .OrderBy(model => model.Name, System.StringComparer.Ordinal));
    }
}
