using System.Globalization;
using System.Net;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Interop.Sipp;

/// <summary>SIPp as a user agent that plays a scenario of this folder once, over TCP; it answers challenges by MD5 alone.</summary>
internal sealed class SippAgent : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private SippAgent(PeerProcess process) => _process = process;

    /// <param name="scenario">Name of the file, without its ending.</param>
    /// <param name="server">SIP over TCP.</param>
    /// <param name="user">Who it is.</param>
    /// <param name="peer">User part of whom it talks to.</param>
    public static SippAgent Play(string scenario, IPEndPoint server, string user, string peer) => new(PeerProcess.Start(
        "sipp",
        "sip-tester",
        PeerProcess.CreateFolder(),
        server.ToString(),
        "-sf", Path.Combine(Repository.Root, "tests/Interop/Sipp", scenario + ".xml"),
        "-s", peer,
        "-set", "user", user,
        "-au", user, "-ap", user + "-secret", "-auth_uri", peer + "@localhost",
        "-i", "127.0.0.1", "-p", FreePort.Find().ToString(CultureInfo.InvariantCulture),
        "-t", "t1", "-m", "1", "-nostdin", "-timeout", "30", "-timeout_error", "-trace_err"));

    /// <summary>Ends when the scenario has gone as it is written.</summary>
    public Task SucceedsAsync() => _process.SucceedsAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
