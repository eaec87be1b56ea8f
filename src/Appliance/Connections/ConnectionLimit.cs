using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace OmaIm.Appliance.Connections;

/// <summary>
/// Connection middleware that closes what is too much: in all, and of one address. Refusing costs no thread, no buffer and
/// no log line above debug.
/// </summary>
internal sealed partial class ConnectionLimit(string listener, int inAll, int perAddress, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _count;

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var address = ClientAddress.Of(connection.RemoteEndPoint);
        if (Enter(address) is { } limit)
        {
            ConnectionMetrics.Refused(listener, limit);
            LogRefused(connection.ConnectionId, listener, limit);
            connection.Abort(new ConnectionAbortedException($"more than {limit} connections"));
            return;
        }

        ConnectionMetrics.Opened(listener);
        LogOpened(connection.ConnectionId, listener, connection.RemoteEndPoint);
        try
        {
            await next(connection);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // The peer's doing, or our own stop; anything else is our mistake and goes on to Kestrel, which logs it as one.
            LogReset(connection.ConnectionId, exception.Message);
        }
        finally
        {
            Leave(address);
            ConnectionMetrics.Closed(listener);
            LogClosed(connection.ConnectionId);
        }
    };

    /// <summary>Null when there is room, else which limit is reached.</summary>
    private string? Enter(IPAddress address)
    {
        lock (_lock)
        {
            var ofAddress = _open.GetValueOrDefault(address);
            if (_count >= inAll)
            {
                return "total";
            }

            if (ofAddress >= perAddress)
            {
                return "address";
            }

            _count++;
            _open[address] = ofAddress + 1;
            return null;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _count--;
            if (_open[address] == 1)
            {
                _open.Remove(address);
            }
            else
            {
                _open[address]--;
            }
        }
    }

    [LoggerMessage(4101, LogLevel.Debug, "{Connection} opened on {Listener} from {Remote}")]
    private partial void LogOpened(string connection, string listener, EndPoint? remote);

    [LoggerMessage(4102, LogLevel.Debug, "{Connection} refused on {Listener}: limit {Limit}")]
    private partial void LogRefused(string connection, string listener, string limit);

    [LoggerMessage(4103, LogLevel.Debug, "{Connection} broken: {Reason}")]
    private partial void LogReset(string connection, string reason);

    [LoggerMessage(4104, LogLevel.Debug, "{Connection} closed")]
    private partial void LogClosed(string connection);
}
