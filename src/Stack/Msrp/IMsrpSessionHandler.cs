using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>What a session's owner hears. Everything comes on the loop's thread and must not block it.</summary>
public interface IMsrpSessionHandler
{
    /// <summary>The first valid frame has bound the session to its connection.</summary>
    void OnBound(MsrpSession session);

    /// <summary>
    /// A SEND, REPORT or NICKNAME for this session, checked against both paths. The owner answers it by the session's Respond;
    /// the frame is valid during the call only.
    /// </summary>
    void OnFrame(MsrpSession session, in MsrpFrame frame);

    /// <summary>
    /// An answer to a request that the owner has written itself; comes only to <see cref="MsrpSession.HearsAnswers"/>. False when the id is
    /// none of the owner's.
    /// </summary>
    bool TryTakeAnswer(MsrpSession session, ReadOnlySpan<byte> transactionId, int statusCode) => false;

    /// <summary>Bytes of the session's peer are about to be read: the time to have brought near what they will touch (<see cref="CacheLines"/>).</summary>
    void Expect(MsrpSession session)
    {
    }

    /// <summary>The session's connection takes no more for now: what is written to it waits.</summary>
    void OnBlocked(MsrpSession session)
    {
    }

    /// <summary>The session's connection was full and has room again.</summary>
    void OnWritable(MsrpSession session)
    {
    }

    /// <summary>Comes about once a second while the session is bound.</summary>
    void OnSweep(MsrpSession session)
    {
    }

    /// <summary>The session is over; nothing more comes.</summary>
    void OnClosed(MsrpSession session, MsrpCloseReason reason);
}
