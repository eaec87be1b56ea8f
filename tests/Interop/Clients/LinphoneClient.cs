using System.Net;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>linphonec, registered at an appliance over TCP, without sound and without state of a user.</summary>
internal sealed class LinphoneClient : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private LinphoneClient(PeerProcess process) => _process = process;

    public static async Task<LinphoneClient> RegisterAsync(IPEndPoint server, string user)
    {
        var folder = PeerProcess.CreateFolder();
        var file = Path.Combine(folder, "linphonerc");
        Directory.CreateDirectory(Path.Combine(folder, ".local/share/linphone")); // without its database it crashes
        await File.WriteAllTextAsync(file, $"""
            [sip]
            sip_port=0
            sip_tcp_port=-1
            sip_tls_port=0
            default_proxy=0
            guess_hostname=0
            contact=sip:{user}@127.0.0.1
            use_ipv6=0

            [auth_info_0]
            username={user}
            passwd={user}-secret
            realm=localhost
            domain=localhost

            [proxy_0]
            reg_proxy=<sip:{server};transport=tcp>
            reg_route=<sip:{server};transport=tcp>
            reg_identity=sip:{user}@localhost
            reg_expires=600
            reg_sendregister=1
            publish=0
            """);
        var client = new LinphoneClient(PeerProcess.Start("linphonec", "linphone-cli", folder, "-c", file, "-d", "6"));
        await client._process.SaysAsync("LinphoneRegistrationOk");
        return client;
    }

    public Task SendAsync(string to, string text) => _process.TypeAsync($"chat {to} {text}");

    /// <summary>It logs every message that it is sent, with its body.</summary>
    public Task ReceivesAsync(string text) => _process.SaysAsync(text);

    /// <summary>Waits until so many of its messages have been taken by whoever they are for.</summary>
    public async Task ShowsDeliveredAsync(int messages)
    {
        for (var (at, i) = (0, 0); i < messages; i++)
        {
            at = await _process.SaysAsync("moving from InProgress to Delivered", at);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
