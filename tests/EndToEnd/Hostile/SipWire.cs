using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Raw SIP out and status codes in. A good request behind what is tested shows by its answer that the latter has been dealt with.</summary>
internal static partial class SipWire
{
    /// <summary>How the Call-ID of a good request begins.</summary>
    public const string Alive = "alive-probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static int _numbers;

    public static string Fill(string text) => text
        .Replace("{port}", "5099", StringComparison.Ordinal)
        .Replace("{id}", "case" + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static string Probe() => Fill(SipCases.Options().Replace("Call-ID: {id}", $"Call-ID: {Alive}-{{id}}", StringComparison.Ordinal));

    /// <summary>Sends a datagram and the probe; returns all that comes up to the probe's answer.</summary>
    public static async Task<string> SendDatagramAsync(IPEndPoint server, string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server);
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

    /// <summary>The final status codes of all answers but that to the probe.</summary>
    public static List<int> Statuses(string received) => [.. Answer().Matches(received)
        .Where(match => !match.Groups[2].Value.Contains(Alive, StringComparison.Ordinal))
        .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
        .Where(status => status >= 200)];

    [GeneratedRegex(@"SIP/2\.0 (\d{3}) (.*?)\r\n\r\n", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
