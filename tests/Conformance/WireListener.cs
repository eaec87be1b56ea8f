using System.Net;
using System.Net.Sockets;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance;

/// <summary>Where our client connects to for MSRP, as the answer of the test's says.</summary>
internal sealed class WireListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public WireListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Path = SdpText.Path(((IPEndPoint)_listener.LocalEndPoint!).Port);
    }

    public string Path { get; }

    /// <summary>Whether somebody has connected whom nobody has taken yet.</summary>
    public bool IsWanted => _listener.Poll(0, SelectMode.SelectRead);

    /// <summary>The client's connection; it is left to the test to answer what it says.</summary>
    public Task<WireMsrp> AcceptAsync() => WireMsrp.AcceptAsync(_listener);

    /// <summary>The client's connection, bound by the answer to its first request.</summary>
    public async Task<WireMsrp> BindAsync()
    {
        var msrp = await AcceptAsync();
        await msrp.RespondAsync(await msrp.RequestAsync("SEND"));
        return msrp;
    }

    public void Dispose() => _listener.Dispose();
}
