using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

/// <summary>The same stack over real sockets on loopback: what the tests in memory cannot show.</summary>
public sealed class SocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RequestAndResponseTravelOverUdp()
    {
        await using var client = new RealNode();
        await using var server = new RealNode();
        await client.Transport.BindUdpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var address = await server.Transport.BindUdpAsync(new IPEndPoint(IPAddress.Any, 0));
        server.AnswerEverything();

        var flow = client.Transport.UdpFlow(new IPEndPoint(IPAddress.Loopback, address.Port));
        var response = await client.Transactions.SendAsync(SipRequests.Create(SipMethod.Message), flow).WaitAsync(Patience);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(flow.Local.Port, response.Via!.Rport);
        Assert.Equal(IPAddress.Loopback, server.Transport.UdpFlow(flow.Local).Local.Address); // bound to all, yet it has an address
        Assert.Equal(flow, client.Transport.UdpFlow(new IPEndPoint(IPAddress.Loopback, address.Port)));
    }

    [Fact]
    public async Task ResponseWithoutRportGoesToThePortOfSentBy()
    {
        await using var server = new RealNode();
        var address = await server.Transport.BindUdpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        server.AnswerEverything();
        using var sender = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)listener.Client.LocalEndPoint!).Port;

        await sender.SendAsync(WireText.Bytes(WireText.Message(via: $"SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKb1")), address);

        using var patience = new CancellationTokenSource(Patience);
        var answer = await listener.ReceiveAsync(patience.Token);
        Assert.StartsWith("SIP/2.0 200 ", Encoding.UTF8.GetString(answer.Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GarbageOverUdpDisturbsNobody()
    {
        await using var server = new RealNode();
        var address = await server.Transport.BindUdpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        server.AnswerEverything();
        using var sender = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var garbage = new byte[random.Next(1, 1500)];
            random.NextBytes(garbage);
            await sender.SendAsync(garbage, address);
        }

        await sender.SendAsync(new byte[65_507], address);
        await sender.SendAsync(WireText.Bytes(WireText.Message(via: "SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKb1")), address);

        using var patience = new CancellationTokenSource(Patience);
        var answer = await sender.ReceiveAsync(patience.Token);
        Assert.StartsWith("SIP/2.0 200 ", Encoding.UTF8.GetString(answer.Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestAndResponseTravelOverTcpAndTheConnectionIsReused()
    {
        await using var server = new RealNode();
        server.AnswerEverything();
        await using var listener = await ListenAsync(server.Transport);
        await using var client = new RealNode();
        var closed = new TaskCompletionSource<SipFlow>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Transport.FlowClosed += flow => closed.TrySetResult(flow);

        var flows = await Task.WhenAll(
            client.Transport.ConnectTcpAsync(AddressOf(listener)),
            client.Transport.ConnectTcpAsync(AddressOf(listener))).WaitAsync(Patience);
        Assert.Same(flows[0], flows[1]);
        Assert.Same(flows[0], await client.Transport.ConnectTcpAsync(AddressOf(listener)).WaitAsync(Patience));

        // Larger than any segment or pipe block.
        var request = SipRequests.Create(SipMethod.Message);
        request.SetBody("text/plain", new byte[200_000]);
        var response = await client.Transactions.SendAsync(request, flows[0]).WaitAsync(Patience);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(1, server.Transport.Statistics.ConnectionsAccepted);

        // A connection that ends takes its open transactions with it.
        server.FallSilent();
        var unanswered = client.Transactions.SendAsync(SipRequests.Create(SipMethod.Message, "call-2"), flows[0]);
        await server.Silenced.WaitAsync(Patience);
        await server.Loop.InvokeAsync(() => server.Transport.FindFlow(SipProtocol.Tcp, flows[0].Local)!.Close("test")).WaitAsync(Patience);
        Assert.Equal(503, (await unanswered.WaitAsync(Patience)).StatusCode);
        Assert.Same(flows[0], await closed.Task.WaitAsync(Patience));
    }

    [Fact]
    [Trait("Section", "RFC 5626 3.5.1")]
    public async Task AnswersToPingsAreCounted()
    {
        await using var server = new RealNode();
        await using var listener = await ListenAsync(server.Transport);
        await using var client = new RealNode();
        var flow = await client.Transport.ConnectTcpAsync(AddressOf(listener)).WaitAsync(Patience);
        Assert.Equal(0, flow.Pongs);
        flow.Send("\r\n\r\n"u8.ToArray());
        Assert.True(SpinWait.SpinUntil(() => flow.Pongs == 1, Patience));
    }

    [Fact]
    public async Task ConnectionThatIsRefusedThrows()
    {
        await using var client = new RealNode();
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, but nobody listens

        await Assert.ThrowsAsync<SocketException>(() => client.Transport.ConnectTcpAsync((IPEndPoint)unused.LocalEndPoint!).WaitAsync(Patience));
    }

    private static async Task<WebApplication> ListenAsync(SipTransport transport)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(new SipConnectionHandler(transport));
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseConnectionHandler<SipConnectionHandler>()));
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    private static IPEndPoint AddressOf(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }

    private sealed class RealNode : IAsyncDisposable
    {
        private readonly TaskCompletionSource _silenced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _silent;

        public RealNode()
        {
            Loop = new ControlLoop(TimeProvider.System);
            Transport = new SipTransport(Loop, new SipTransportOptions(), NullLoggerFactory.Instance);
            Transactions = new TransactionLayer(Loop, Transport);
            Loop.Start();
        }

        public ControlLoop Loop { get; }

        public SipTransport Transport { get; }

        public TransactionLayer Transactions { get; }

        /// <summary>Ends when a request came that is not going to be answered.</summary>
        public Task Silenced => _silenced.Task;

        public void FallSilent() => Volatile.Write(ref _silent, true);

        public void AnswerEverything() => Transactions.RequestReceived += transaction =>
        {
            if (Volatile.Read(ref _silent))
            {
                _silenced.TrySetResult();
            }
            else
            {
                transaction.Respond(200);
            }
        };

        public async ValueTask DisposeAsync()
        {
            await Transport.DisposeAsync();
            Loop.Dispose();
        }
    }
}
