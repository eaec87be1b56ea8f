using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Stack.Transport;

/// <summary>A transport whose connections are pipes in memory; it answers every request with 200. The loop runs, the clock stands.</summary>
internal sealed class StreamBench : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    public StreamBench(SipTransportOptions? options = null)
    {
        Loop = new ControlLoop(_time);
        Transport = new SipTransport(Loop, options ?? new SipTransportOptions(), NullLoggerFactory.Instance);
        Transport.MessageReceived += (message, flow) =>
        {
            Flow = flow;
            Received.Add(message);
            if (message.IsRequest)
            {
                flow.Send(SipMessage.CreateResponse(message, 200).ToArray());
            }
        };
        Transport.FlowClosed += flow => Closed.Add(flow);
        Loop.Start();
    }

    public ControlLoop Loop { get; }

    public SipTransport Transport { get; }

    /// <summary>The flow of the last message. For the loop, or behind an answer.</summary>
    public SipFlow? Flow { get; private set; }

    public List<SipMessage> Received { get; } = [];

    public List<SipFlow> Closed { get; } = [];

    public Peer Connect(string address = "192.0.2.1", int port = 40_000) => new(this, new IPEndPoint(IPAddress.Parse(address), port));

    /// <summary>Moves the clock and lets the loop look at it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        await Loop.InvokeAsync(static () => { });
        await Loop.InvokeAsync(static () => { });
    }

    public void Dispose() => Loop.Dispose();

    /// <summary>The other end of a connection.</summary>
    internal sealed class Peer
    {
        private readonly Duplex _pipe;

        public Peer(StreamBench bench, IPEndPoint address)
        {
            var options = new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);
            var (toServer, toPeer) = (new Pipe(options), new Pipe(options));
            _pipe = new Duplex(toPeer.Reader, toServer.Writer);
            var context = new DefaultConnectionContext("test", new Duplex(toServer.Reader, toPeer.Writer), _pipe)
            {
                RemoteEndPoint = address,
                LocalEndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 5060),
            };
            Served = new SipConnectionHandler(bench.Transport).OnConnectedAsync(context);
        }

        /// <summary>Ends when the transport has let go of the connection.</summary>
        public Task Served { get; }

        /// <summary>False: nobody reads any more.</summary>
        public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes) => !(await _pipe.Output.WriteAsync(bytes)).IsCompleted;

        public void Close() => _pipe.Output.Complete();

        /// <summary>Reads until the text is there.</summary>
        public async Task<string> ReadUntilAsync(string end)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                var result = await _pipe.Input.ReadAsync(patience.Token);
                var text = Encoding.UTF8.GetString(result.Buffer.ToArray());
                if (text.EndsWith(end, StringComparison.Ordinal))
                {
                    _pipe.Input.AdvanceTo(result.Buffer.End);
                    return text;
                }

                if (result.IsCompleted)
                {
                    throw new InvalidOperationException($"The connection was closed behind: {text}");
                }

                _pipe.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }

        /// <summary>Reads until the transport closes.</summary>
        public async Task<string> ReadToEndAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            using var text = new MemoryStream();
            await _pipe.Input.CopyToAsync(text, patience.Token);
            return Encoding.UTF8.GetString(text.ToArray());
        }

        private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
        {
            public PipeReader Input => input;

            public PipeWriter Output => output;
        }
    }
}
