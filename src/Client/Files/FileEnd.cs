using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Files;

/// <summary>This side's end of the MSRP session of one file. Its callbacks come on the MSRP thread.</summary>
internal abstract class FileEnd : IMsrpSessionHandler
{
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected FileEnd(MsrpEndpoint endpoint) => Session = endpoint.CreateSession(this);

    public MsrpSession Session { get; }

    /// <summary>Ends when the session stands; fails with an <see cref="ImException"/> when it never will.</summary>
    public Task Bound => _bound.Task;

    public virtual void OnBound(MsrpSession session) => _bound.TrySetResult();

    public virtual void OnSweep(MsrpSession session)
    {
    }

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        if (frame.Method == MsrpMethod.Report)
        {
            OnReport(frame);
        }
        else if (frame.Method != MsrpMethod.Send)
        {
            session.Respond(frame, MsrpRejection.MethodUnknown);
        }
        else if (!frame.HasBody)
        {
            session.Respond(frame); // it binds the session or keeps it alive, and says nothing
        }
        else
        {
            OnContent(frame);
        }
    }

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        var failure = ImException.Unreachable("the connection of the file ended");
        _bound.TrySetException(failure);
        OnEnded(failure);
    }

    protected abstract void OnContent(in MsrpFrame frame);

    protected virtual void OnReport(in MsrpFrame frame)
    {
    }

    protected abstract void OnEnded(ImException failure);
}
