using System.Globalization;
using System.Text;

namespace OmaIm.Client.Files;

/// <summary>A name that a stranger has given, made into one that can do no harm in a directory (RFC 5547 section 10).</summary>
internal static class SafeFileName
{
    /// <summary>Longest name in bytes of UTF-8; file systems take 255, and a number may be added.</summary>
    private const int MaximumBytes = 200;

    private const string Fallback = "file";

    // Names of devices on Windows, whatever extension they have.
    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    ];

    /// <summary>The last part of the name, without whatever a file system or the eye could take for something else. Never empty.</summary>
    public static string Of(string? name)
    {
        var last = name is null ? string.Empty : name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var safe = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            safe.Append(IsHarmless(rune) ? rune.ToString() : "_");
        }

        // A leading dot hides a file, trailing dots and spaces are lost on Windows.
        var text = Shorten(safe.ToString().Trim().TrimEnd('.', ' '));
        text = text.StartsWith('.') ? "_" + text[1..] : text;
        var stem = text.Split('.')[0].Trim();
        return text.Length == 0 ? Fallback : Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + text : text;
    }

    /// <summary>Moves a file to its name in a directory; where that is taken, to the next free one: <c>name (1).txt</c>. Nothing is overwritten.</summary>
    /// <returns>The path that it has now.</returns>
    public static string MoveInto(string source, string directory, string name)
    {
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(directory, number == 0 ? name : Numbered(name, number));
            try
            {
                File.Move(source, path, overwrite: false);
                return path;
            }
            catch (IOException) when (Path.Exists(path) && number < 1000)
            {
                // Taken, perhaps just now by another transfer.
            }
        }
    }

    private static string Numbered(string name, int number) => string.Create(
        CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}");

    // Format characters turn the direction of writing round, so that an exe looks like a picture.
    private static bool IsHarmless(Rune rune) =>
        !"<>:\"|?*".Contains(rune.ToString(), StringComparison.Ordinal) && rune != Rune.ReplacementChar &&
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Shorten(string name)
    {
        var extension = Path.GetExtension(name) is { Length: <= 16 } known ? known : string.Empty;
        var stem = name[..^extension.Length];
        while (Encoding.UTF8.GetByteCount(stem) + Encoding.UTF8.GetByteCount(extension) > MaximumBytes)
        {
            stem = stem[..^(char.IsLowSurrogate(stem[^1]) && stem.Length > 1 ? 2 : 1)];
        }

        return stem + extension;
    }
}
