namespace OmaIm.Tests.Unit.Tidy;

/// <summary>One place in the tree that breaks a rule.</summary>
internal sealed record Violation(string Rule, string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What} ({Rule})";
}
