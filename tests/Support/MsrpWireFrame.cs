namespace OmaIm.Tests.Support;

/// <summary>An MSRP frame as a person would read it from a trace: all of it, as text, one character for each byte.</summary>
public sealed record MsrpWireFrame(
    string TransactionId, string Method, int StatusCode, string Comment, IReadOnlyList<(string Name, string Value)> Headers, string? Body, char Flag)
{
    public string ToPath => this["To-Path"]!;

    public string FromPath => this["From-Path"]!;

    public string? MessageId => this["Message-ID"];

    public string? ByteRange => this["Byte-Range"];

    public bool IsResponse => StatusCode > 0;

    /// <summary>The value of the first header of this name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in Headers)
            {
                if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return null;
        }
    }

    public bool Equals(MsrpWireFrame? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() =>
        $"{TransactionId} {Method}{StatusCode} {Comment} {string.Join(" | ", Headers.Select(static header => header.Name + "=" + header.Value))} [{Body ?? "none"}] {Flag}";
}
