using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using OmaIm.Appliance.Configuration;
using OmaIm.Stack.Transport;

namespace OmaIm.Appliance.Connections;

/// <summary>
/// Connection middleware that speaks TLS with the peer and hands on what is within. Kestrel's own one can not be had without a web host.
/// </summary>
internal sealed partial class MsrpTls(ServerCertificate certificate, TimeSpan handshake, ILogger logger)
{
    private readonly SslServerAuthenticationOptions _options = new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate.Leaf, certificate.Chain, offline: true),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var outer = connection.Transport;
        await using var stream = new SslStream(new DuplexPipeStream(outer), leaveInnerStreamOpen: true);
        if (!await TryGreetAsync(connection, stream))
        {
            connection.Abort(new ConnectionAbortedException("no TLS"));
            return;
        }

        connection.Transport = TlsPipes.Over(stream);
        try
        {
            // What is within says the goodbye of TLS, before it gives the connection back.
            await next(connection);
        }
        finally
        {
            connection.Transport = outer;
        }
    };

    private async Task<bool> TryGreetAsync(ConnectionContext connection, SslStream stream)
    {
        using var timeout = new CancellationTokenSource(handshake);
        try
        {
            await stream.AuthenticateAsServerAsync(_options, timeout.Token);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            ConnectionMetrics.NotSecured();
            LogNotSecured(connection.ConnectionId, exception.Message);
            return false;
        }

        ConnectionMetrics.Secured(stream.SslProtocol.ToString(), stream.NegotiatedCipherSuite.ToString());
        LogSecured(connection.ConnectionId, stream.SslProtocol, stream.NegotiatedCipherSuite);
        return true;
    }

    [LoggerMessage(4105, LogLevel.Debug, "{Connection} secured by {Protocol}, {Cipher}")]
    private partial void LogSecured(string connection, SslProtocols protocol, TlsCipherSuite cipher);

    [LoggerMessage(4106, LogLevel.Debug, "{Connection} came to no TLS: {Reason}")]
    private partial void LogNotSecured(string connection, string reason);
}
