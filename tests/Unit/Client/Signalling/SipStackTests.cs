using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client.Signalling;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Signalling;

[Trait("Section", "RFC 5626 4.4.1")]
public sealed class SipStackTests : IDisposable
{
    private static readonly IPEndPoint Server = new(IPAddress.Parse("192.0.2.2"), 5060);

    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly Connection _connection = new();

    public SipStackTests()
    {
        _loop = new ControlLoop(_time);
        var transport = new SipTransport(_loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        var stack = new SipStack(
            _loop, transport, new TransactionLayer(_loop, transport), TimeSpan.FromSeconds(100), (_, _, _) => Task.FromResult<SipFlow>(_connection));
        _loop.Post(() => _ = stack.ConnectAsync(SipProtocol.Tcp, Server, CancellationToken.None));
    }

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void AConnectionWhosePingIsAnsweredStays()
    {
        _connection.Answers = true;
        Run(1000);
        Assert.Equal(10, _connection.Pings);
        Assert.True(_connection.IsOpen);
    }

    [Fact]
    public void AConnectionWhosePingIsNotAnsweredAnyMoreIsClosed()
    {
        _connection.Answers = true;
        Run(101);
        _connection.Answers = false;
        Run(108);
        Assert.True(_connection.IsOpen);
        Run(2);
        Assert.False(_connection.IsOpen);
    }

    [Fact]
    public void OfAServerThatKnowsNoPingsNoAnswerIsExpected()
    {
        Run(1000);
        Assert.True(_connection.IsOpen);
    }

    private void Run(double seconds) => _time.Run(TimeSpan.FromSeconds(seconds), _loop);

    private sealed class Connection : SipFlow
    {
        private bool _isClosed;
        private long _pongs;

        public bool Answers { get; set; }

        public int Pings { get; private set; }

        public override SipProtocol Protocol => SipProtocol.Tcp;

        public override IPEndPoint Local { get; } = new(IPAddress.Parse("192.0.2.1"), 40_000);

        public override IPEndPoint Remote => Server;

        public override bool IsOpen => !_isClosed;

        public override long Pongs => _pongs;

        public override void Send(ReadOnlyMemory<byte> message)
        {
            Assert.Equal("\r\n\r\n"u8.ToArray(), message.ToArray());
            Pings++;
            _pongs += Answers ? 1 : 0;
        }

        public override void Close(string reason) => _isClosed = true;
    }
}
