using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A session's owner that writes down what it hears, and answers every request as it is told to.</summary>
internal sealed class RecordingOwner : IMsrpSessionHandler
{
    public List<string> Events { get; } = [];

    /// <summary>What requests are refused with.</summary>
    public MsrpRejection Answer { get; set; }

    /// <summary>Thrown by every callback, when set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Runs with every sweep.</summary>
    public Action? Swept { get; set; }

    /// <summary>Runs behind the answer to every frame.</summary>
    public Action<MsrpSession>? Answered { get; set; }

    public void OnBound(MsrpSession session) => Note("bound");

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        Note($"{frame.Method} {MsrpText.Text(frame.Body)}{(frame.IsLastPiece ? (char)frame.Flag : '…')}");
        session.Respond(frame, Answer);
        Answered?.Invoke(session);
    }

    public void OnWritable(MsrpSession session) => Note("writable");

    public void OnSweep(MsrpSession session)
    {
        Swept?.Invoke();
        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public void OnClosed(MsrpSession session, MsrpCloseReason reason) => Note("closed " + reason);

    private void Note(string text)
    {
        Events.Add(text);
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
