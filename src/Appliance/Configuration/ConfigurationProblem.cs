namespace OmaIm.Appliance.Configuration;

/// <summary>One mistake in the configuration. The text never carries a secret.</summary>
/// <param name="Source">File and line, environment variable, or argument.</param>
/// <param name="Key">Path of the key, such as <c>Sip:Udp:Port</c>; empty when the mistake is not about one key.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What may stand there.</param>
public sealed record ConfigurationProblem(string Source, string Key, string Found, string Expected)
{
    public override string ToString() =>
        Key.Length == 0 ? $"{Source}: found {Found}, expected {Expected}" : $"{Source}: {Key}: found {Found}, expected {Expected}";
}
