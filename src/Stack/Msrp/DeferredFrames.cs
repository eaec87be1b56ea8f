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

    /// <summary>
    /// Hands over as many as their owner takes and one flush may hold, as long as the session stands; true when none is left. Not while a
    /// connection of the loop is being read.
    /// </summary>
    public bool Take()
    {
        var loop = session.Loop;
        var unread = loop.ReceiveBuffer[.._frames.Length];
        _frames.CopyTo(unread);

        // All of them are whole, and come to their owner so: he may ask for a rest between two of them only.
        var decoder = new MsrpDecoder(loop.Limits) { LargestPiece = int.MaxValue };
        while (session is { Connection: not null, DefersContent: false } && !loop.IsFull
            && decoder.Read(unread, out var consumed, out var frame, out _) == ParseStatus.Complete)
        {
            unread = unread[consumed..];
            _frames.Remove(consumed);
            try
            {
                session.Take(frame);
            }
            catch (Exception exception)
            {
                loop.ReportFailure(exception);
            }
        }

        return _frames.Length == 0;
    }

    public void Clear() => _frames.Clear();
}
