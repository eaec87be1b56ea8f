using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Frames whose session's owner cannot take them yet, oldest first: the connection that brought them is read on, for the sake of its other
/// sessions. None is answered before its owner has it.
/// </summary>
internal sealed class DeferredFrames(MsrpSession session)
{
    private SlabChain _frames = new(session.Loop.Slabs);

    /// <summary>Keeps a whole frame; false when there is no room for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        if (_frames.Length + frame.Length > session.Loop.Options.DeferredBytes)
        {
            return false;
        }

        _frames.Append(frame);
        return true;
    }

    /// <summary>Hands all of them over, as long as the session stands. Not while a connection of the loop is being read.</summary>
    public void Take()
    {
        var unread = session.Loop.ReceiveBuffer[.._frames.Length];
        _frames.CopyTo(unread);
        _frames.Clear();
        var decoder = new MsrpDecoder(session.Loop.Limits);
        while (session.Connection is not null && decoder.Read(unread, out var consumed, out var frame, out _) == ParseStatus.Complete)
        {
            unread = unread[consumed..];
            session.Take(frame);
        }
    }

    public void Clear() => _frames.Clear();
}
