using System.Net.Sockets;
using System.Security.Authentication;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Relays;

/// <summary>
/// A relay's permission for one MSRP session (RFC 4976 section 5): asked for by AUTH over the session's own connection, renewed at half of
/// its time, gone with the connection. Lives on the control loop.
/// </summary>
internal sealed class RelayPermission
{
    /// <summary>AUTH requests for one permission: one without credentials, one with, and one each for a stale nonce and for other bounds.</summary>
    private const int Attempts = 4;

    /// <summary>Seconds that a permission is taken to hold at least, whatever the relay says: it must not keep anybody asking all the time.</summary>
    private const long LeastExpiry = 10;

    private readonly ImRuntime _runtime;
    private readonly MsrpSession _session;
    private readonly MsrpRelayOptions _relay;
    private readonly RelayCredentials _credentials;
    private readonly Action<string> _onLost;
    private LoopTimer? _renewal;
    private long _expiry;
    private bool _isClosed;

    private RelayPermission(ImRuntime runtime, MsrpSession session, MsrpRelayOptions relay, Action<string> onLost)
    {
        _runtime = runtime;
        _session = session;
        _relay = relay;
        _credentials = new RelayCredentials(relay);
        _expiry = (long)relay.Expiry.TotalSeconds;
        _onLost = onLost;
    }

    /// <summary>The relays' URIs that lead to this side, in the order in which a peer passes them.</summary>
    public string UsePath { get; private set; } = "";

    /// <summary>This side's path attribute: the relay, then the session itself.</summary>
    public string LocalPath => UsePath + " " + _session.LocalPath;

    /// <summary>Where a peer must connect: the hop of the path that is farthest from this side.</summary>
    public (string Host, int Port) Hop => MsrpRelayOptions.AddressOf(UsePath.Split(' ')[0]) is { } address ? (address.Host, address.Port) : default;

    /// <summary>Connects a session to the relay and asks until it is let through, or refused.</summary>
    /// <param name="runtime">Threads and sockets.</param>
    /// <param name="session">A session without a connection.</param>
    /// <param name="relay">Whom to ask.</param>
    /// <param name="tls">Whom to believe that he is the relay.</param>
    /// <param name="onLost">Hears that a permission could not be renewed, and why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ImException">The relay cannot be reached, or says no.</exception>
    public static async Task<RelayPermission> AskAsync(
        ImRuntime runtime, MsrpSession session, MsrpRelayOptions relay, MsrpTlsOptions? tls, Action<string> onLost, CancellationToken cancellationToken)
    {
        var permission = new RelayPermission(runtime, session, relay, onLost);
        var (host, port, isSecure) = MsrpRelayOptions.AddressOf(relay.Uri) ?? throw new ArgumentException(relay.FindProblem(), nameof(relay));
        try
        {
            await session.Endpoint.ConnectRelayAsync(session, host, port, isSecure ? (tls ?? new MsrpTlsOptions()).Expect(host) : null, cancellationToken);
        }
        catch (Exception failure) when (failure is SocketException or AuthenticationException or IOException)
        {
            throw ImException.Unreachable($"no connection to the MSRP relay {host}:{port}", failure);
        }

        permission.Take(await permission.AuthorizeAsync(cancellationToken));
        return permission;
    }

    /// <summary>The path by which frames reach the peer: through the relay.</summary>
    public string PathTo(string remotePath) => string.Join(' ', UsePath.Split(' ').AsEnumerable().Reverse()) + " " + remotePath;

    /// <summary>Renews no more. The relay forgets the session with its connection.</summary>
    public void Close()
    {
        _isClosed = true;
        _renewal?.Cancel();
    }

    private async Task<RelayAnswer> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(cancellationToken);
        for (var i = 1; i < Attempts; i++)
        {
            var mayTryAgain = answer.Status switch
            {
                401 => (i == 1 || answer.Challenge is { Stale: true }) && _credentials.TryLearn(answer.Challenge),
                423 => TryFit(answer),
                _ => false,
            };
            if (!mayTryAgain)
            {
                break;
            }

            answer = await SendAsync(cancellationToken);
        }

        return answer.Status switch
        {
            200 when answer.UsePath is null || !RelayAnswer.IsPath(answer.UsePath) => throw ImException.ProtocolViolation("the MSRP relay names no path"),
            200 when !_credentials.Believes(answer.Info) => throw ImException.ProtocolViolation("the MSRP relay does not know the password"),
            200 => answer,
            OutgoingMessage.ConnectionLost => throw ImException.Unreachable("the MSRP relay closed the connection"),
            401 => throw ImException.FromSip(401, "the MSRP relay refuses the credentials"),
            423 => throw ImException.FromSip(423, "the MSRP relay wants another expiry"),
            _ => throw ImException.FromMsrp(answer.Status),
        };
    }

    /// <summary>Brings the expiry within the bounds of a 423; false when it is there already.</summary>
    private bool TryFit(RelayAnswer answer)
    {
        var before = _expiry;
        _expiry = Math.Max(Math.Min(_expiry, answer.MaxExpires ?? _expiry), answer.MinExpires ?? 0);
        return _expiry != before;
    }

    private Task<RelayAnswer> SendAsync(CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<RelayAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.SendAuth(_relay.Uri, _expiry, _credentials.Next(), (int status, in MsrpFrame answer) => completion.TrySetResult(RelayAnswer.Read(status, answer)));
        return _runtime.WhileRunningAsync(completion.Task).WaitAsync(cancellationToken);
    }

    private void Take(RelayAnswer answer)
    {
        UsePath = answer.UsePath!;
        if (!_isClosed)
        {
            var granted = Math.Max(answer.Expires ?? _expiry, LeastExpiry);
            _renewal = _runtime.Loop.Schedule(TimeSpan.FromSeconds(granted) / 2, () => _ = RenewAsync());
        }
    }

    private async Task RenewAsync()
    {
        var before = UsePath;
        try
        {
            Take(await AuthorizeAsync(CancellationToken.None));
        }
        catch (ImException refused)
        {
            Lose("the MSRP relay renews no more: " + refused.Message);
            return;
        }
        catch (ObjectDisposedException)
        {
            // The runtime has ended, and with it the session.
            return;
        }
        catch (Exception failure)
        {
            // Whatever a relay may say that nobody has foreseen: without renewal the session would end unexplained.
            Lose("the MSRP relay cannot be asked again: " + failure.Message);
            return;
        }

        if (UsePath != before)
        {
            // The peer was told the old path; it ends with the old permission.
            Lose("the MSRP relay has given another path");
        }
    }

    private void Lose(string reason)
    {
        if (!_isClosed)
        {
            Close();
            _onLost(reason);
        }
    }
}
