namespace OmaIm.Generators.Headers;

/// <summary>What the parser makes of one attributed type: a model unless a mistake prevents it.</summary>
internal sealed record ParsedHeader(HeaderModel? Model, ImmutableEquatableArray<DiagnosticInfo> Diagnostics, DiagnosticInfo Place);
