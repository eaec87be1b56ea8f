using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A stranger sends what no client should, over live UDP and TCP, while two others talk in a room.</summary>
public sealed partial class SipTests(HostileRoom room) : IClassFixture<HostileRoom>
{
    private const string Alive = "alive-probe";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static int _numbers;

    public static TheoryData<SipCase> Cases => [.. SipCases.All];

    /// <summary>The torture messages of RFC 4475, unmodified.</summary>
    public static TheoryData<string> TortureFiles =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Unit", "Corpus", "Sip", "rfc4475"), "*.dat").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OverTcpItGetsItsAnswerAndDisturbsNobody(SipCase @case)
    {
        var before = await MalformedAsync();
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync(Fill(@case.Bytes));
        await socket.SendAsync(Probe());
        await socket.ReadToAsync(Alive);
        Check(@case.Statuses, Statuses(socket.Received));
        Assert.True(!@case.IsCounted || await MalformedAsync() > before, "it was not counted");
        await room.GoesOnAfterAsync();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OverUdpItGetsItsAnswerAndDisturbsNobody(SipCase @case)
    {
        var before = await MalformedAsync();
        var received = await SendDatagramAsync(Fill(@case.Bytes).Replace("/TCP", "/UDP", StringComparison.Ordinal));
        Check(@case.Statuses, Statuses(received));
        Assert.True(!@case.IsCounted || await MalformedAsync() > before, "it was not counted");
        await room.GoesOnAfterAsync();
    }

    [Theory]
    [MemberData(nameof(TortureFiles))]
    public async Task ATortureMessageDisturbsNobody(string file)
    {
        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "Unit", "Corpus", "Sip", "rfc4475", file)));
        var overUdp = Statuses(await SendDatagramAsync(bytes));
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync(bytes);
        await socket.SendAsync(Probe());

        // Nobody here may do anything: whatever is answered is a refusal. A message that is a response is never answered.
        Assert.All(overUdp, status => Assert.InRange(status, 400, 599));
        Assert.True(!bytes.StartsWith("SIP/", StringComparison.Ordinal) || overUdp.Count == 0, $"a response was answered {string.Join(", ", overUdp)}");
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S06AnEndlessHeaderEndsTheConnectionLongBeforeAMegabyte()
    {
        using var socket = await RawSocket.ConnectAsync(room.Appliance.Host.SipTcp);
        await socket.SendAsync("OPTIONS sip:localhost SIP/2.0\r\nSubject: " + new string('x', 2_000_000));
        await socket.ReadToEndAsync();
        Assert.DoesNotContain("SIP/2.0 2", socket.Received, StringComparison.Ordinal);
        await room.GoesOnAfterAsync();
    }

    [Fact]
    public async Task S06ADatagramOf64KilobytesDisturbsNobody()
    {
        var received = await SendDatagramAsync(Fill(SipCases.Options("Subject: " + new string('x', 60_000))).Replace("/TCP", "/UDP", StringComparison.Ordinal));
        Assert.All(Statuses(received), status => Assert.InRange(status, 400, 599));
        await room.GoesOnAfterAsync();
    }

    private static void Check(int[] expected, IReadOnlyList<int> statuses)
    {
        if (expected.Length == 0)
        {
            Assert.Empty(statuses);
            return;
        }

        Assert.Contains(Assert.Single(statuses), expected);
    }

    /// <summary>Sends a datagram, then a good request: when that is answered, the first has been dealt with.</summary>
    private async Task<string> SendDatagramAsync(string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(room.Appliance.Host.SipUdp);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        await socket.SendAsync(Encoding.Latin1.GetBytes(Probe().Replace("/TCP", "/UDP", StringComparison.Ordinal)));
        var received = new StringBuilder();
        var buffer = new byte[65_536];
        using var timeout = new CancellationTokenSource(Patience);
        while (!received.ToString().Contains(Alive, StringComparison.Ordinal))
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer, timeout.Token)));
        }

        return received.ToString();
    }

    private static string Fill(string text) => text
        .Replace("{port}", "5099", StringComparison.Ordinal)
        .Replace("{id}", "case" + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Probe() => Fill(SipCases.Options().Replace("Call-ID: {id}", "Call-ID: " + Alive, StringComparison.Ordinal));

    /// <summary>The final status codes of all answers but that to the probe.</summary>
    private static List<int> Statuses(string received) => [.. Answer().Matches(received)
        .Where(match => !match.Groups[2].Value.Contains(Alive, StringComparison.Ordinal))
        .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
        .Where(status => status >= 200)];

    private Task<double> MalformedAsync() => room.CountAsync("omaim_sip_rejections_total", "reason");

    [GeneratedRegex(@"SIP/2\.0 (\d{3}) (.*?)\r\n\r\n", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
