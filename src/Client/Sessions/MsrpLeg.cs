using System.Text;
using OmaIm.Client.Relays;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>
/// One MSRP session of a one-to-one session, which makes another one when this is lost. Its callbacks come on the MSRP thread; what they mean
/// is posted to the control loop.
/// </summary>
internal sealed class MsrpLeg : IMsrpSessionHandler
{
    /// <summary>How long a peer that connects to this side may take: as long as the answer to a SEND (RFC 4975 section 7.1.1).</summary>
    private static readonly TimeSpan BindTime = TimeSpan.FromSeconds(30);

    /// <summary>How long a message may stand still before what is missing of it counts as lost: twice what the answer to a chunk may take.</summary>
    private static readonly TimeSpan MessagePatience = TimeSpan.FromSeconds(60);

    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly MessageAssembler _assembler;
    private readonly IMsrpLegOwner _owner;
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RelayPermission? _permission;
    private volatile bool _hasEnded;
    private long _heardAt;

    public MsrpLeg(ImRuntime runtime, UserAgent agent, MsrpEndpoint endpoint, MessageAssembler assembler, IMsrpLegOwner owner)
    {
        _runtime = runtime;
        _agent = agent;
        _assembler = assembler;
        _owner = owner;
        _heardAt = runtime.Time.GetTimestamp();
        Session = endpoint.CreateSession(this);
    }

    public MsrpSession Session { get; }

    /// <summary>Whether it is over; whoever waits for its connection may hear of that later than of its end.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>How long the peer has said nothing, keep-alives aside.</summary>
    public TimeSpan Silence => _runtime.Time.GetElapsedTime(Interlocked.Read(ref _heardAt));

    /// <summary>Whether it may be the peer who connects: to the port where this side listens, or to its relay.</summary>
    public bool IsReachable => _permission is not null || Session.Endpoint.Port != new MsrpEndpointOptions().Port;

    /// <summary>Asks the user's relay to let the session through (RFC 4976 section 5); null when he has none.</summary>
    public async Task<RelayPermission?> AskRelayAsync(CancellationToken cancellationToken) =>
        _agent.MsrpRelay is not { } relay ? null
            : _permission = await RelayPermission.AskAsync(_runtime, Session, relay, _agent.MsrpTls, reason => _owner.OnLost(this, reason), cancellationToken);

    /// <summary>Says who the peer is: from now on he may connect.</summary>
    public void Expect(MsrpMedia remote) => Session.RemotePath = _permission?.PathTo(remote.Path) ?? remote.Path;

    /// <summary>Connects to the peer, or lets him connect (RFC 6135). Ends when the session is bound to its connection.</summary>
    public async Task ConnectAsync(MsrpMedia remote, SetupRole role, CancellationToken cancellationToken)
    {
        Expect(remote);
        if (role == SetupRole.Active && _permission is not null)
        {
            Session.BindOverRelay();
        }
        else if (role == SetupRole.Active)
        {
            await MsrpDial.ConnectAsync(Session, _agent, remote, cancellationToken);
        }

        var late = _runtime.Loop.Schedule(BindTime, () => Session.Loop.Post(() => Session.CloseNow(MsrpCloseReason.NotBound)));
        try
        {
            await _bound.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            late.Cancel();
        }
    }

    public void Close()
    {
        _permission?.Close();
        Session.Close();
    }

    /// <summary>Reports that this side has the whole of a message, or why it has dropped it (RFC 4975 section 7.1.2).</summary>
    public void Report(string messageId, long length, MsrpRejection rejection = MsrpRejection.None) =>
        Session.Loop.Post(() => Session.Report(Encoding.ASCII.GetBytes(messageId), length, rejection));

    public void OnBound(MsrpSession session) => _bound.TrySetResult();

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        switch (frame.Method)
        {
            case MsrpMethod.Send:
                OnSend(session, frame);
                break;
            case MsrpMethod.Report:
                OnReport(frame);
                break;
            default:
                session.Respond(frame, MsrpRejection.MethodUnknown);
                break;
        }
    }

    public void OnSweep(MsrpSession session) => _assembler.Sweep(
        session.Loop.Time,
        MessagePatience,
        (messageId, end) => session.Report(Encoding.ASCII.GetBytes(messageId), end, MsrpRejection.StoppedMessage));

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        _hasEnded = true;
        _bound.TrySetException(ImException.Unreachable("the MSRP connection ended: " + MsrpDial.Words(reason)));
        if (reason != MsrpCloseReason.Local)
        {
            _runtime.Loop.Post(() => _owner.OnLost(this, MsrpDial.Words(reason)));
        }
    }

    private void OnSend(MsrpSession session, in MsrpFrame frame)
    {
        if (!frame.HasBody)
        {
            session.Respond(frame); // it binds the connection or keeps it alive, and says nothing
            return;
        }

        Interlocked.Exchange(ref _heardAt, _runtime.Time.GetTimestamp());
        var rejection = _assembler.Add(frame, out var message);
        session.Respond(frame, rejection);
        if (message is not null)
        {
            frame.TryGetFailureReport(out var failureReport);
            var wanted = new ReportsWanted(frame.SuccessReport, failureReport != FailureReport.No);
            _runtime.Loop.Post(() => _owner.OnMessage(this, message, wanted));
        }
    }

    // Status = namespace SP status-code [SP text-reason] ; namespace = 3(DIGIT) (RFC 4975 section 9)
    private void OnReport(in MsrpFrame frame)
    {
        var status = frame.Status;
        if (status.Length < 7 || !status.StartsWith("000 "u8)
            || !TransactionIds.TryRead(frame.MessageId, out var messageId)
            || !frame.TryGetByteRange(out var range)
            || !OmaIm.Protocols.Text.Digits.TryParse(status.Slice(4, 3), 999, out var code))
        {
            return;
        }

        _runtime.Loop.Post(() => _owner.OnReport(messageId, range, (int)code));
    }
}
