using System.Net;

namespace OmaIm.Stack.Transport;

/// <summary>The open connections; for the control loop only.</summary>
internal sealed class ConnectionTable(SipTransportOptions options)
{
    private readonly Dictionary<(SipProtocol Protocol, IPEndPoint Remote), StreamSipFlow> _flows = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];

    public int Count => _flows.Count;

    public StreamSipFlow? Find(SipProtocol protocol, IPEndPoint remote) =>
        _flows.TryGetValue((protocol, remote), out var flow) && flow.IsOpen ? flow : null;

    /// <summary>False when the connection is one too many.</summary>
    public bool TryAdd(StreamSipFlow flow)
    {
        var address = flow.Remote.Address;
        var held = _perAddress.GetValueOrDefault(address);
        if (_flows.Count >= options.Connections || held >= options.ConnectionsPerAddress || !_flows.TryAdd((flow.Protocol, flow.Remote), flow))
        {
            return false;
        }

        _perAddress[address] = held + 1;
        return true;
    }

    public void Remove(StreamSipFlow flow)
    {
        var key = (flow.Protocol, flow.Remote);
        if (_flows.TryGetValue(key, out var found) && ReferenceEquals(found, flow))
        {
            _flows.Remove(key);
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
        }
    }

    public void AbortOverdue()
    {
        foreach (var flow in _flows.Values)
        {
            if (flow.IsOverdue)
            {
                flow.Abort("nothing came in time");
            }
        }
    }

    public void AbortAll(string reason)
    {
        foreach (var flow in _flows.Values)
        {
            flow.Abort(reason);
        }
    }
}
