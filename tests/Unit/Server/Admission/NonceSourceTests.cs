using OmaIm.Server.Admission;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Admission;

public sealed class NonceSourceTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void ANonceIsValidForItsLifetimeAndExpiredAfterwards()
    {
        var nonces = new NonceSource("localhost", Lifetime, _clock);
        var nonce = nonces.Create();

        _clock.Advance(Lifetime);
        Assert.Equal(NonceStatus.Valid, nonces.Check(nonce, out _));

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(NonceStatus.Expired, nonces.Check(nonce, out _));
    }

    [Fact]
    public void EveryNonceIsAnotherOneEvenInTheSameMillisecond()
    {
        var nonces = new NonceSource("localhost", Lifetime, _clock);

        Assert.NotEqual(nonces.Create(), nonces.Create());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("dcd98b7102dd2f0e8b11d0f600bfb0c093")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660")]
    public void AnInventedNonceIsKnownAsOne(string nonce) =>
        Assert.Equal(NonceStatus.Invented, new NonceSource("localhost", Lifetime, _clock).Check(nonce, out _));

    [Fact]
    public void ANonceWithOneChangedCharacterIsInvented()
    {
        var nonces = new NonceSource("localhost", Lifetime, _clock);
        var nonce = nonces.Create();
        for (var i = 0; i < nonce.Length - 1; i++)
        {
            var changed = nonce.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Equal(NonceStatus.Invented, nonces.Check(new string(changed), out _));
        }
    }

    [Fact]
    public void ANonceOfAnotherServerIsInvented()
    {
        var ours = new NonceSource("localhost", Lifetime, _clock);
        var other = new NonceSource("localhost", Lifetime, _clock);

        Assert.Equal(NonceStatus.Invented, ours.Check(other.Create(), out _));
    }

    [Fact]
    public void AStepOfTheWallClockNeitherRevivesNorKillsANonce()
    {
        var wall = new SteppedWall(_clock);
        var nonces = new NonceSource("localhost", Lifetime, wall);
        var fresh = nonces.Create();
        wall.Step = TimeSpan.FromDays(3650);
        Assert.Equal(NonceStatus.Valid, nonces.Check(fresh, out _));

        _clock.Advance(Lifetime + Lifetime);
        wall.Step = -TimeSpan.FromDays(3650);
        Assert.Equal(NonceStatus.Expired, nonces.Check(fresh, out _));
    }

    private sealed class SteppedWall(TimeProvider clock) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Step;
    }
}
