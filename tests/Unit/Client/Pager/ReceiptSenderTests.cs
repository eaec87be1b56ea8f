using OmaIm.Client;
using OmaIm.Client.Pager;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Pager;

[Trait("Section", "RFC 5438 7.2.1.1")]
public sealed class ReceiptSenderTests : IDisposable
{
    private static readonly ImdnDocument Receipt = new() { MessageId = "m1", Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };

    private readonly PagerBench _bench = new();
    private readonly ReceiptSender _receipts;

    public ReceiptSenderTests() => _receipts = new ReceiptSender(_bench.Client.Agent, _bench.Sender, _bench.Client.Time, sendsDelivered: true);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(413)]
    [InlineData(513)]
    public async Task AReceiptThatIsTooLargeForAMessageRingsNowhere(int status)
    {
        _bench.Answer = transaction => transaction.Respond(status);
        Assert.Equal(ImFailure.TooLarge, (await Assert.ThrowsAsync<ImException>(() => SendAsync(TimeSpan.Zero))).Failure);
        Assert.Equal(SipMethod.Message, Assert.Single(_bench.Received).Method);
    }

    [Fact]
    public async Task AReceiptThatNobodyAnswersIsGivenUp()
    {
        _bench.Answer = _ => { };
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => SendAsync(TimeSpan.FromSeconds(36)))).Failure);
    }

    /// <summary>What can be cancelled comes back to the loop from a thread of the pool.</summary>
    private Task SendAsync(TimeSpan time)
    {
        var sending = _bench.Client.Do(() => _receipts.SendAsync(PagerBench.Bob, Receipt, [], CancellationToken.None));
        _bench.Client.Run(time);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _bench.Client.Settle();
                return sending.IsCompleted;
            },
            TimeSpan.FromSeconds(30)));
        return sending;
    }
}
