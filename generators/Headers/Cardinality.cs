namespace OmaIm.Generators.Headers;

/// <summary>The members of OmaIm.Protocols.Text.HeaderCardinality, by value.</summary>
internal enum Cardinality
{
    Single,
    List,
    Lines,
    Joined,
}
