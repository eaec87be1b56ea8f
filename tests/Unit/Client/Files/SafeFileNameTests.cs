using System.Text;
using OmaIm.Client.Files;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Files;

[Trait("Section", "RFC 5547 10")]
public sealed class SafeFileNameTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("files");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("cat.jpg", "cat.jpg")]
    [InlineData("Größe ж 日本.txt", "Größe ж 日本.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("/etc/", "file")]
    [InlineData("..", "file")]
    [InlineData(".", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("  ", "file")]
    [InlineData(".bashrc", "_bashrc")]
    [InlineData("a\0b\r\nc", "a_b__c")]
    [InlineData("a:b?.txt", "a_b_.txt")]
    [InlineData("photo\u202egpj.exe", "photo_gpj.exe")]
    [InlineData("name. . ", "name")]
    [InlineData("con", "_con")]
    [InlineData("NUL.txt", "_NUL.txt")]
    public void ANameThatAStrangerGivesDoesNoHarm(string? name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Fact]
    public void HalfACharacterIsNone() => Assert.Equal("lone_surrogate", SafeFileName.Of("lone" + (char)0xD800 + "surrogate"));

    [Fact]
    public void LongNamesAreShortenedAndKeepTheirExtension()
    {
        var name = SafeFileName.Of(new string('é', 500) + ".jpeg");
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 190, 200);
        Assert.EndsWith("é.jpeg", name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(SafeFileName.Of(string.Concat(Enumerable.Repeat("\U0001F600", 100)))), 190, 200);
        Assert.InRange(SafeFileName.Of("a." + new string('x', 500)).Length, 1, 200);
    }

    [Fact]
    public void NoRandomNameLeavesTheDirectory()
    {
        var random = new Random(5547);
        for (var i = 0; i < 2000; i++)
        {
            var name = SafeFileName.Of(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => "./\\a:\0 \u202e~"[random.Next(9)])));
            Assert.Equal(_directory.FullName, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(_directory.FullName, name))));
        }
    }

    [Fact]
    public void NothingIsOverwritten()
    {
        string Move()
        {
            var source = Path.Combine(_directory.FullName, "source");
            File.WriteAllText(source, "new");
            return Path.GetFileName(SafeFileName.MoveInto(source, _directory.FullName, "a.txt"));
        }

        File.WriteAllText(Path.Combine(_directory.FullName, "a.txt"), "old");
        Assert.Equal("a (1).txt", Move());
        Assert.Equal("a (2).txt", Move());
        Assert.Equal("old", File.ReadAllText(Path.Combine(_directory.FullName, "a.txt")));
    }
}
