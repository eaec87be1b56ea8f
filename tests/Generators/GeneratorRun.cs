using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OmaIm.Generators.Headers;

namespace OmaIm.Tests.Generators;

/// <summary>The generator over a compilation made of texts.</summary>
internal sealed class GeneratorRun
{
    /// <summary>What the generator expects to find in the protocols assembly, in its shortest form.</summary>
    public const string Support =
        """
        namespace OmaIm.Protocols.Text
        {
            public enum HeaderProtocol { Sip, Msrp }
            public enum HeaderCardinality { Single, List, Lines, Joined }

            public sealed class HeaderAttribute(HeaderProtocol protocol, string name) : System.Attribute
            {
                public HeaderProtocol Protocol { get; } = protocol;
                public string Name { get; } = name;
                public string? Compact { get; set; }
                public HeaderCardinality Cardinality { get; set; }
                public byte Order { get; set; } = 100;
            }
        }

        namespace OmaIm.Protocols.Sip
        {
            public delegate bool HeaderParser<T>(System.ReadOnlySpan<byte> value, out T? header) where T : class;

            public sealed class SipHeaders(System.Func<SipHeaderId, byte[]?> find)
            {
                public T? Single<T>(SipHeaderId id, HeaderParser<T> parser) where T : class
                    => find(id) is { } value && parser(value, out var header) ? header : null;
                public T? FirstOfList<T>(SipHeaderId id, HeaderParser<T> parser) where T : class => Single(id, parser);
                public T? FirstLine<T>(SipHeaderId id, HeaderParser<T> parser) where T : class => Single(id, parser);
                public T? Joined<T>(SipHeaderId id, HeaderParser<T> parser) where T : class => Single(id, parser);
                public System.Collections.Generic.IReadOnlyList<T> List<T>(SipHeaderId id, HeaderParser<T> parser) where T : class
                    => Single(id, parser) is { } header ? [header] : [];
                public System.Collections.Generic.IReadOnlyList<T> Lines<T>(SipHeaderId id, HeaderParser<T> parser) where T : class => List(id, parser);
            }

            public sealed partial class SipMessage(SipHeaders headers)
            {
                public SipHeaders Headers { get; } = headers;
                public bool IsRead(SipHeaderId id) => IsWellFormed(id);
            }
        }
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorDriver _driver;

    private GeneratorRun(Compilation compilation)
    {
        Compilation = compilation;
        _driver = CSharpGeneratorDriver.Create(
            [new HeaderGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        _driver = _driver.RunGenerators(compilation);
    }

    public Compilation Compilation { get; private set; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>The diagnostics of the generator, each as "OMAIM001 at the attribute's text".</summary>
    public string[] Diagnostics => [.. Result.Diagnostics.Select(diagnostic => diagnostic.Id)];

    public static GeneratorRun Over(params string[] sources)
    {
        var trees = sources.Prepend(Support).Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{i}.cs"));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return new GeneratorRun(CSharpCompilation.Create("Headers", trees, References, options));
    }

    /// <summary>A header type in its shortest form.</summary>
    public static string HeaderType(string name, string attributeArguments, string kind = "class", string body = "")
        => $$"""
        namespace OmaIm.Protocols.Test
        {
            using System;
            using OmaIm.Protocols.Text;

            [Header({{attributeArguments}})]
            public {{kind}} {{name}}
            {
                public string Text = "";
                public static bool TryParse(ReadOnlySpan<byte> value, out {{name}} header)
                {
                    header = new {{name}} { Text = System.Text.Encoding.UTF8.GetString(value) };
                    return value.Length > 0;
                }{{body}}
            }
        }
        """;

    public string TextOf(string file) => Result.GeneratedSources.Single(source => source.HintName == file).SourceText.ToString();

    /// <summary>Replaces a source by another text and runs again, as an editor does.</summary>
    public void Edit(int source, Func<string, string> edit)
    {
        var tree = Compilation.SyntaxTrees.ElementAt(source + 1);
        var edited = edit(tree.ToString());
        Replace(Compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, ParseOptions, tree.FilePath)));
    }

    public void AddSource(string text)
        => Replace(Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, ParseOptions, "Added.cs")));

    /// <summary>Why the outputs of the step came to be in the last run.</summary>
    public IncrementalStepRunReason[] ReasonsOf(string step)
        => [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Why the registered source outputs came to be in the last run.</summary>
    public IncrementalStepRunReason[] OutputReasons()
        => [.. Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Complete()
        => Compilation.AddSyntaxTrees(Result.GeneratedSources.Select(source => source.SyntaxTree));

    private void Replace(Compilation compilation)
    {
        Compilation = compilation;
        _driver = _driver.RunGenerators(compilation);
    }
}
