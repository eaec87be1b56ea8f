using System.Net;

namespace OmaIm.Stack.Transport;

/// <summary>The connections, one for each peer's address that can be used; for the control loop only.</summary>
internal sealed class ConnectionTable(SipTransportOptions options)
{
    private readonly Dictionary<(SipProtocol Protocol, IPEndPoint Remote), StreamSipFlow> _flows = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];

    // Those that another to the same address has replaced before they had ended.
    private readonly HashSet<StreamSipFlow> _replaced = [];

    public int Count => _flows.Count + _replaced.Count;

    public StreamSipFlow? Find(SipProtocol protocol, IPEndPoint remote) =>
        _flows.TryGetValue((protocol, remote), out var flow) && flow.IsOpen ? flow : null;

    /// <summary>False when the connection is one too many. It replaces one to the same address that is closing, until whose end both count.</summary>
    public bool TryAdd(StreamSipFlow flow, out StreamSipFlow? replaced)
    {
        var key = (flow.Protocol, flow.Remote);
        var address = flow.Remote.Address;
        var held = _perAddress.GetValueOrDefault(address);
        if (Count >= options.Connections || held >= options.ConnectionsPerAddress || (_flows.TryGetValue(key, out replaced) && replaced.IsOpen))
        {
            replaced = null;
            return false;
        }

        if (replaced is not null)
        {
            _replaced.Add(replaced);
        }

        _flows[key] = flow;
        _perAddress[address] = held + 1;
        return true;
    }

    /// <summary>False when another had replaced it.</summary>
    public bool Remove(StreamSipFlow flow)
    {
        var isReplaced = _replaced.Remove(flow);
        if (!isReplaced)
        {
            _flows.Remove((flow.Protocol, flow.Remote));
        }

        var address = flow.Remote.Address;
        var held = _perAddress[address] - 1;
        if (held == 0)
        {
            _perAddress.Remove(address);
        }
        else
        {
            _perAddress[address] = held;
        }

        return !isReplaced;
    }

    public void AbortOverdue()
    {
        foreach (var flow in All)
        {
            if (flow.IsOverdue)
            {
                flow.Abort("nothing came in time");
            }
        }
    }

    public void AbortAll(string reason)
    {
        foreach (var flow in All)
        {
            flow.Abort(reason);
        }
    }

    private IEnumerable<StreamSipFlow> All => _flows.Values.Concat(_replaced);
}
