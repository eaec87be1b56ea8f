using System.Net;
using Microsoft.AspNetCore.Connections;
using OmaIm.Appliance.Connections;

namespace OmaIm.Appliance.Hosting;

/// <summary>Accepts no more connections than there are descriptors for; the others stay in the kernel's backlog.</summary>
internal sealed class BudgetedListener(IConnectionListener listener, DescriptorBudget budget) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await budget.TakeAsync(_unbound.Token);
        }
        catch (OperationCanceledException)
        {
            // Kestrel takes null for the end.
            return null;
        }

        ConnectionContext? connection = null;
        try
        {
            connection = await listener.AcceptAsync(cancellationToken);
            return connection;
        }
        finally
        {
            if (connection is null)
            {
                budget.Return();
            }
            else
            {
                connection.ConnectionClosed.UnsafeRegister(static budget => ((DescriptorBudget)budget!).Return(), budget);
            }
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await listener.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _unbound.CancelAsync();
        await listener.DisposeAsync();
        _unbound.Dispose();
    }
}
