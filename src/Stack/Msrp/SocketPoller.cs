using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>Waits for the loop's queues and for the sockets of its connections, in one call to the kernel.</summary>
internal sealed class SocketPoller(MsrpLoop loop) : ILoopPoller
{
    private readonly EpollSet _set = new();
    private readonly Stack<int> _free = new();

    // Slots given up while events that may name them are still being served.
    private readonly List<int> _retired = [];
    private SocketConnection?[] _slots = new SocketConnection?[64];
    private int _used;

    // The events of the last wait that are still to be served: a full loop flushes before it reads on.
    private int _next;
    private int _count;

    public bool Poll(TimeSpan timeout)
    {
        if (_next == _count)
        {
            _count = _set.Wait(timeout);
            _next = 0;
        }

        var served = false;
        while (_next < _count)
        {
            BringAhead();
            if (_set.TryGet(_next++, out var slot, out var reads, out var writes) && _slots[slot] is { } connection)
            {
                served = true;
                loop.Serve(connection, reads, writes);
            }

            if (loop.IsDrainOver)
            {
                break;
            }
        }

        if (_next == _count)
        {
            Forget();
        }

        return served;
    }

    public void Nap(TimeSpan time) => _set.Nap(time);

    public void Wake() => _set.Wake();

    public void Dispose() => _set.Dispose();

    public int Add(SocketConnection connection, int descriptor)
    {
        var slot = _free.Count > 0 ? _free.Pop() : _used++;
        if (slot == _slots.Length)
        {
            Array.Resize(ref _slots, slot * 2);
        }

        _slots[slot] = connection;
        _set.Add(descriptor, slot);
        return slot;
    }

    public void Modify(int descriptor, int slot, bool reads, bool writes) => _set.Modify(descriptor, slot, reads, writes);

    public void Remove(int descriptor, int slot)
    {
        _set.Remove(descriptor);
        _slots[slot] = null;
        _retired.Add(slot);
    }

    // The last step comes before the connection is served, the others as early as a line takes to come from a far cache.
    private void BringAhead()
    {
        At(_next + 6)?.BringSelf();
        At(_next + 4)?.BringSession();
        At(_next + 2)?.BringFrame();
        At(_next + 1)?.BringOwner();
    }

    private SocketConnection? At(int index) => index < _count && _set.SlotAt(index) is var slot and not EpollSet.WakeSlot ? _slots[slot] : null;

    private void Forget()
    {
        foreach (var slot in _retired)
        {
            _free.Push(slot);
        }

        _retired.Clear();
    }
}
