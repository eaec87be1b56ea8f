using System.Net;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Appliance.Connections;

/// <summary>The limits of a listener that accepts connections itself.</summary>
internal sealed class ListenerGate(ConnectionLimit limit, DescriptorBudget budget) : IConnectionGate
{
    public bool HasRoom => budget.HasRoom;

    public bool TryEnter(IPEndPoint remote)
    {
        if (!limit.TryEnter(remote))
        {
            return false;
        }

        if (!budget.TryTake())
        {
            // Another listener was faster: as good as never accepted.
            limit.Leave(remote);
            return false;
        }

        return true;
    }

    public void Leave(IPEndPoint remote, bool hasSpoken)
    {
        if (!hasSpoken)
        {
            limit.NoteSilent(remote);
        }

        limit.Leave(remote);
        budget.Return();
    }
}
