using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OmaIm.Appliance.Connections;

namespace OmaIm.Appliance.Hosting;

/// <summary>One TCP listener of the appliance.</summary>
/// <param name="name">As it appears in messages, metrics and logs.</param>
/// <param name="key">Its section of the configuration.</param>
/// <param name="endPoint">Where it shall listen.</param>
/// <param name="configure">What it does with a connection.</param>
internal sealed class Listener(string name, string key, IPEndPoint endPoint, Action<ListenOptions> configure)
{
    private ListenOptions? _options;

    public string Name { get; } = name;

    public string Key { get; } = key;

    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>Where it does listen; differs from <see cref="EndPoint"/> when that has port 0.</summary>
    public IPEndPoint Bound => _options?.IPEndPoint ?? EndPoint;

    /// <summary>What carries its bytes below Kestrel; null: Kestrel's own sockets.</summary>
    public IConnectionListenerFactory? Transport { get; init; }

    /// <summary>What its connections are counted against, so that they leave descriptors to the rest of the process; null: they are few.</summary>
    public DescriptorBudget? Budget { get; init; }

    public void AddTo(KestrelServerOptions kestrel) => kestrel.Listen(EndPoint, options =>
    {
        _options = options;
        configure(options);
    });
}
