using System.Text;
using OmaIm.Load.Messages;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Messages;

public sealed class MarkerTests
{
    [Fact]
    public void ItIsReadAsItWasWritten()
    {
        var marker = new Marker(0xdeadbeef, 123_456_789, 9_876_543_210_123);
        var text = new byte[Marker.Length];

        marker.Write(text);

        Assert.Equal("load:deadbeef075bcd15000008fb8fd9828b ", Encoding.ASCII.GetString(text));
        Assert.True(Marker.TryRead(text, out var read));
        Assert.Equal(marker, read);
    }

    [Fact]
    public void OneDamagedByteAnywhereIsNoticed()
    {
        var text = new byte[Marker.Length];
        new Marker(1, 2, 3).Write(text);
        for (var at = 0; at < text.Length; at++)
        {
            var damaged = text.ToArray();
            damaged[at] = (byte)'x';
            Assert.False(Marker.TryRead(damaged, out _), $"at {at}");
        }
    }

    [Fact]
    public void ATextThatIsTooShortHasNone()
    {
        var text = new byte[Marker.Length];
        new Marker(1, 2, 3).Write(text);

        Assert.False(Marker.TryRead(text.AsSpan(0, Marker.Length - 1), out _));
    }

    [Fact]
    public void ASequenceNumberThatNobodySendsIsNone() =>
        Assert.False(Marker.TryRead("load:00000001ffffffff0000000000000003 "u8, out _));
}
