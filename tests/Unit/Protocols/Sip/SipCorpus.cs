using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>The SIP messages kept as files, byte for byte.</summary>
internal static class SipCorpus
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Unit", "Corpus", "Sip");

    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public static IEnumerable<string> Files(string folder)
        => Directory.GetFiles(Path.Combine(Folder, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
}
