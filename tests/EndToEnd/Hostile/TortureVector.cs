namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A message of RFC 4475 as the first on a connection, and what comes back.</summary>
/// <param name="File">The vector.</param>
/// <param name="Statuses">The final status codes that answer it.</param>
/// <param name="End">How the connection goes on.</param>
public sealed record TortureVector(string File, int[] Statuses, StreamEnd End = StreamEnd.Open)
{
    public override string ToString() => File;
}
