using System.Net;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>baresip, registered at an appliance over TCP, without sound; it is told what to do by its standard input.</summary>
internal sealed class BaresipClient : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private BaresipClient(PeerProcess process) => _process = process;

    /// <param name="server">SIP over TCP.</param>
    /// <param name="user">Who it is.</param>
    /// <param name="contact">Whom its messages go to: its only contact.</param>
    public static async Task<BaresipClient> RegisterAsync(IPEndPoint server, string user, string contact)
    {
        var folder = PeerProcess.CreateFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), $"""
            poll_method epoll
            net_interface 127.0.0.1
            module_path {Modules()}
            module stdio.so
            module g711.so
            module_app account.so
            module_app contact.so
            module_app menu.so

            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), $"\"Other\" <{contact}>\n\"Another\" <{contact}>\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "accounts"),
            $"<sip:{user}@localhost;transport=tcp>;auth_user={user};auth_pass={user}-secret;outbound=\"sip:{server};transport=tcp\";regint=600\n");
        var client = new BaresipClient(PeerProcess.Start("baresip", "baresip-core", folder, "-4", "-f", folder));
        await client._process.SaysAsync("200 OK");
        return client;
    }

    public async Task SendAsync(string text)
    {
        await _process.TypeAsync("/contact_next");
        await _process.TypeAsync("/message " + text);
    }

    public Task ReceivesAsync(string text) => _process.SaysAsync(text);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Modules() => new[] { "/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules" }.FirstOrDefault(Directory.Exists)
        ?? throw new InvalidOperationException("This test needs baresip: install Debian's package baresip-core.");
}
