using OmaIm.Cli.Chat;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class LineSourceTests
{
    [Fact]
    public async Task LinesComeInOrderUntilTheEndOfInput()
    {
        var reader = new StringReader("one\ntwo\nthree");
        var lines = new List<string>();
        await foreach (var line in LineSource.Start(reader.ReadLine).ReadAllAsync(CancellationToken.None))
        {
            lines.Add(line);
        }

        Assert.Equal(["one", "two", "three"], lines);
    }

    [Fact]
    public async Task NoLineIsReadBeforeTheOneBeforeWasDealtWith()
    {
        var read = 0;
        var source = LineSource.Start(() => Interlocked.Increment(ref read) <= 3 ? "line" : null);
        var taken = 0;
        await foreach (var _ in source.ReadAllAsync(CancellationToken.None))
        {
            taken++;
            Assert.Equal(taken, Volatile.Read(ref read));
        }

        Assert.Equal(3, taken);
    }

    [Fact]
    public async Task ABrokenTerminalEndsTheInput()
    {
        var source = LineSource.Start(() => throw new IOException("hung up"));
        await foreach (var _ in source.ReadAllAsync(CancellationToken.None))
        {
            Assert.Fail("nothing can have been read");
        }
    }
}
