using OmaIm.Client.Relays;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Rooms;

/// <summary>
/// The MSRP half of being in a room: the session with the room's switch (RFC 4975, RFC 7701 section 6). Its callbacks come on the MSRP
/// thread; what the room must know is posted to the control loop.
/// </summary>
internal sealed class SwitchSession : IMsrpSessionHandler
{
    private const string Cpim = "message/cpim";

    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly IncomingMessages _incoming;
    private readonly IMsrpSessionHandler? _raw;
    private readonly MessageAssembler _assembler;
    private readonly Action<string> _onLost;
    private readonly bool _connects;
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RelayPermission? _permission;

    public SwitchSession(
        ImRuntime runtime,
        UserAgent agent,
        MsrpEndpoint endpoint,
        JoinOptions options,
        IncomingMessages incoming,
        Action<string> onLost)
    {
        _runtime = runtime;
        _agent = agent;
        _incoming = incoming;
        _raw = options.RawHandler;
        _assembler = new MessageAssembler(options.MaxMessageSize);
        _onLost = onLost;
        _connects = options.ConnectMedia;
        Session = endpoint.CreateSession(this);
    }

    public MsrpSession Session { get; }

    /// <summary>Asks the user's relay to let the session through; null when he has none.</summary>
    public async Task<RelayPermission?> AskRelayAsync(CancellationToken cancellationToken) =>
        _agent.MsrpRelay is not { } relay ? null
            : _permission = await RelayPermission.AskAsync(_runtime, Session, relay, _agent.MsrpTls, _onLost, cancellationToken);

    /// <summary>Connects to the switch. Ends when the switch has accepted the session by answering its first SEND.</summary>
    public async Task ConnectAsync(MsrpMedia remote, CancellationToken cancellationToken)
    {
        Session.RemotePath = _permission?.PathTo(remote.Path) ?? remote.Path;
        if (!_connects)
        {
            return;
        }

        if (_permission is not null)
        {
            Session.BindOverRelay();
            await _bound.Task.WaitAsync(cancellationToken);
            return;
        }

        await MsrpDial.ConnectAsync(Session, _agent, remote, cancellationToken);
        await _bound.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Sends content inside a CPIM message; ends when the switch has answered for all of it.</summary>
    public async Task<SendResult> SendAsync(string to, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var began = _runtime.Time.GetTimestamp();
        var body = CpimWriter.Wrap(_agent.Identity.Aor, _agent.DisplayName, to, _runtime.Time.GetUtcNow(), contentType, content.Span);
        var completion = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new OutgoingMessage(Cpim, body) { Completed = (_, status) => OnSent(status, completion) };
        Session.Send(message);
        using (cancellationToken.UnsafeRegister(_ => Session.Abort(message), null))
        {
            var status = await _runtime.WhileRunningAsync(completion.Task).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowUnlessOk(status);
        }

        return new SendResult(message.Id.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), _runtime.Time.GetElapsedTime(began));
    }

    public async Task SetNicknameAsync(string nickname, CancellationToken cancellationToken)
    {
        if (nickname.Length > 0 && Nickname.Enforce(nickname) is null)
        {
            throw ImException.FromMsrp(MsrpRejection.NicknameMalformed.StatusCode());
        }

        var completion = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.SendNickname(nickname, status => completion.TrySetResult(status));
        ThrowUnlessOk(await _runtime.WhileRunningAsync(completion.Task).WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Close()
    {
        _permission?.Close();
        Session.Close();
    }

    public void OnBound(MsrpSession session)
    {
        _raw?.OnBound(session);
        _bound.TrySetResult();
    }

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        if (_raw is not null)
        {
            _raw.OnFrame(session, frame);
        }
        else if (frame.Method == MsrpMethod.Send)
        {
            OnSend(session, frame);
        }
        else if (frame.Method != MsrpMethod.Report)
        {
            session.Respond(frame, MsrpRejection.MethodUnknown);
        }
    }

    public void OnWritable(MsrpSession session) => _raw?.OnWritable(session);

    public void OnSweep(MsrpSession session) => _raw?.OnSweep(session);

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        _raw?.OnClosed(session, reason);
        _bound.TrySetException(ImException.Unreachable("the MSRP connection ended: " + Words(reason)));
        if (reason != MsrpCloseReason.Local)
        {
            _runtime.Loop.Post(() => _onLost(Words(reason)));
        }
    }

    private void OnSent(int status, TaskCompletionSource<int> completion)
    {
        completion.TrySetResult(status);
        if (status == OutgoingMessage.TimedOut)
        {
            // 30 s without an answer (RFC 4975 section 7.1.1): nobody is there any more, even if TCP has not noticed.
            Session.Loop.Post(() => Session.CloseNow(MsrpCloseReason.SessionRefused));
        }
    }

    private void OnSend(MsrpSession session, in MsrpFrame frame)
    {
        if (!frame.HasBody)
        {
            session.Respond(frame); // it keeps the connection alive and says nothing
            return;
        }

        var rejection = _assembler.Add(frame, out var message);
        session.Respond(frame, rejection);
        if (message is null)
        {
            return;
        }

        // RFC 4975 section 7.1.2: a report says that this side has the message, not that it has heard it and dropped it.
        if (_incoming.Take(message.ContentType, message.Body) && frame.SuccessReport)
        {
            session.Report(frame.MessageId, message.Body.Length, MsrpRejection.None);
        }
    }

    private static void ThrowUnlessOk(int status)
    {
        switch (status)
        {
            case OutgoingMessage.Delivered:
                return;
            case OutgoingMessage.ConnectionLost:
                throw ImException.Unreachable("the connection was lost before the room answered");
            default:
                throw ImException.FromMsrp(status);
        }
    }

    private static string Words(MsrpCloseReason reason) => reason switch
    {
        MsrpCloseReason.PeerClosed or MsrpCloseReason.Truncated => "the server closed it",
        MsrpCloseReason.SessionRefused => "the server does not answer for the session",
        MsrpCloseReason.SlowReader => "the server takes nothing more",
        MsrpCloseReason.NotBound => "the server did not answer",
        _ => "it broke",
    };
}
