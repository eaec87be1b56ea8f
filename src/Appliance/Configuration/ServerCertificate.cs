using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OmaIm.Appliance.Configuration;

/// <summary>The certificate that the configuration names, with its key and what leads to its authority.</summary>
/// <param name="Leaf">The server's own.</param>
/// <param name="Chain">All of the file.</param>
public sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    public static bool TryLoad(string certificate, string key, [NotNullWhen(true)] out ServerCertificate? loaded, out string problem)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            loaded = new ServerCertificate(X509Certificate2.CreateFromPemFile(certificate, key), chain);
            problem = "";
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            loaded = null;
            problem = exception.Message;
            return false;
        }
    }
}
