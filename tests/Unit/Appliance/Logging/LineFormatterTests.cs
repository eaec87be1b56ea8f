using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Appliance.Logging;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Logging;

public sealed class LineFormatterTests
{
    [Fact]
    public void AnEventIsOneLineWithTimeLevelAndCategory() =>
        Assert.Equal("2026-01-02T03:04:05.678Z info  Server.Rooms: lobby is open\n", Format("lobby is open"));

    [Theory]
    [InlineData("alice\r\n2026-01-02T03:04:05.678Z fatal forged")]
    [InlineData("\u001b[2J\u009b31m")]
    [InlineData("{0} %n ${jndi:ldap://x}")]
    public void WhatAPeerSentStaysInItsLine(string name)
    {
        var line = Format($"{name} joined");

        Assert.EndsWith("joined\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], char.IsControl);
    }

    [Fact]
    public void TheLinesOfAnExceptionCanNotBeTakenForEvents()
    {
        var lines = Format("failed", new InvalidOperationException("bad\r\n2026-01-02T03:04:05.678Z fatal forged \u001b[2J")).TrimEnd('\n').Split('\n');

        Assert.StartsWith("2026", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("    | ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(string.Concat(lines), char.IsControl);
    }

    private static string Format(string text, Exception? exception = null)
    {
        var formatter = new LineFormatter(new FixedTime());
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Information, "OmaIm.Server.Rooms", default, text, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    }
}
