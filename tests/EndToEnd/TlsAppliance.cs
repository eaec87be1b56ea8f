using OmaIm.Appliance.Configuration;
using OmaIm.Client;

namespace OmaIm.Tests.EndToEnd;

/// <summary>An appliance with a certificate, and clients whose messages go over TLS.</summary>
public sealed class TlsAppliance : RunningAppliance, IAsyncDisposable
{
    private readonly TestCertificate _certificate = new();

    public override MsrpTlsOptions? MsrpTls => _certificate.Trust;

    protected override TlsSettings Tls => _certificate.Settings;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _certificate.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
