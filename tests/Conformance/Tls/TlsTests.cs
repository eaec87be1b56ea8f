using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.EndToEnd.Transports;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Tls;

/// <summary>MSRP over TLS as it looks from outside, record by record (RFC 8446), and whom the server believes (RFC 8122).</summary>
public sealed class TlsTests(TlsAppliance appliance) : IClassFixture<TlsAppliance>
{
    private const byte Alert = 21;
    private const int LongestRecord = 16_384 + 256;

    [Fact]
    [Trait("Section", "RFC 8446 5.1")]
    public async Task AMessageOfManyRecordsArrivesWholeAndNoneIsTooLong()
    {
        var body = MsrpText.Cpim("sip:bob@localhost", Lobby.Room, new string('X', 100_000));
        await using var alice = await TlsMember.JoinAsync(appliance, "alice");
        await using var bob = await TlsMember.JoinAsync(appliance, "bob");
        await bob.WriteAsync(MsrpText.Send("long1", bob.To, bob.From, "Msglong", body));
        await bob.ReadToAsync("MSRP long1 200 ");
        var received = await alice.ReadToAsync("$\r\n", behind: "X\r\n-------");
        Assert.Equal(100_000, received.Count(static letter => letter == 'X'));
        Assert.All(alice.Wire.Records, static record => Assert.InRange(record.Length, 1, LongestRecord));
        Assert.True(alice.Wire.Records.Count > 100_000 / LongestRecord);
    }

    [Fact]
    [Trait("Section", "RFC 8446 6.1")]
    public async Task BeforeTheServerClosesItSaysThatNothingFollows()
    {
        await using var bob = await TlsMember.JoinAsync(appliance, "bob");
        WireUser.Expect(await bob.Dialog.ByeAsync(), 200);
        await bob.ReadToEndAsync();
        Assert.Equal(Alert, bob.Wire.Records[^1].Kind);
    }

    [Theory]
    [InlineData("SHA-256")]
    [InlineData("sha-256")]
    [Trait("Section", "RFC 8122 5")]
    public async Task AFingerprintNamesItsFunctionInAnyCase(string function)
    {
        using var listener = new TlsListener();
        await using var sip = await WireUser.ConnectAsync(appliance.Host.SipTcp, "bob");
        var dialog = await sip.InviteAsync(Lobby.Room, listener.Offer($"{function} {listener.Fingerprint}"));
        WireUser.Expect(dialog.Response, 200);
        Assert.Contains($"To-Path: {listener.Path}\r\n", await listener.FirstWordsAsync(), StringComparison.Ordinal);
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 8122 6.2")]
    public async Task WhoShowsAnotherCertificateThanHeNamedHearsNothing()
    {
        using var listener = new TlsListener();
        using var other = new TlsListener();
        await using var sip = await WireUser.ConnectAsync(appliance.Host.SipTcp, "bob");
        var dialog = await sip.InviteAsync(Lobby.Room, listener.Offer("SHA-256 " + other.Fingerprint));
        WireUser.Expect(dialog.Response, 200);
        Assert.Equal("", await listener.FirstWordsAsync());
        await dialog.ByeAsync();
    }

    /// <summary>A member whose messages go over TLS 1.2, of whose records the kind can be seen from outside.</summary>
    private sealed class TlsMember(WireUser sip, WireDialog dialog, RecordedStream wire, SslStream stream, string from) : IAsyncDisposable
    {
        private string _received = "";

        public WireDialog Dialog => dialog;

        public RecordedStream Wire => wire;

        public string From => from;

        public string To => SdpText.Attribute(dialog.Answer, "path");

        public static async Task<TlsMember> JoinAsync(TlsAppliance appliance, string user)
        {
            var path = SdpText.Path().Replace("msrp:", "msrps:", StringComparison.Ordinal);
            var sip = await WireUser.ConnectAsync(appliance.Host.SipTcp, user);
            var dialog = await sip.InviteAsync(Lobby.Room, SdpText.Msrp(path).Replace("TCP/MSRP", "TCP/TLS/MSRP", StringComparison.Ordinal));
            WireUser.Expect(dialog.Response, 200);
            var hop = SdpText.Hop(dialog.Answer);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(hop);
            var wire = new RecordedStream(new NetworkStream(socket, ownsSocket: true));
            var stream = new SslStream(wire);
            var options = appliance.MsrpTls!.Expect(hop.Address.ToString());
            options.EnabledSslProtocols = SslProtocols.Tls12;
            await stream.AuthenticateAsClientAsync(options);
            var member = new TlsMember(sip, dialog, wire, stream, path);
            await member.WriteAsync(MsrpText.Request("SEND", "bind1", member.To, path, "Message-ID: bind"));
            await member.ReadToAsync("MSRP bind1 200 ");
            return member;
        }

        public async Task WriteAsync(string text) => await stream.WriteAsync(MsrpText.Bytes(text));

        /// <summary>All that has come when this text has, behind another.</summary>
        public async Task<string> ReadToAsync(string text, string behind = "")
        {
            while (_received.IndexOf(behind, StringComparison.Ordinal) is var at && (at < 0 || !_received.AsSpan(at).Contains(text, StringComparison.Ordinal)))
            {
                Assert.True(await ReadAsync() > 0, _received);
            }

            return _received;
        }

        public async Task ReadToEndAsync()
        {
            while (await ReadAsync() > 0)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await dialog.ByeAsync();
            await stream.DisposeAsync();
            await sip.DisposeAsync();
        }

        private async Task<int> ReadAsync()
        {
            using var patience = new CancellationTokenSource(WireUser.Patience);
            var buffer = new byte[16 * 1024];
            var count = await stream.ReadAsync(buffer, patience.Token);
            _received += MsrpText.Text(buffer.AsSpan(0, count));
            return count;
        }
    }
}
