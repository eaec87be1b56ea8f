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

    /// <summary>Limits and watches the connections of a listener that accepts whatever comes.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next)
    {
        var watched = Watched(next);
        return async connection =>
        {
            if (!TryEnter(connection.RemoteEndPoint))
            {
                connection.Abort(new ConnectionAbortedException("too many connections"));
                return;
            }

            try
            {
                await watched(connection);
            }
            finally
            {
                Leave(connection.RemoteEndPoint);
            }
        };
    }

    /// <summary>Watches connections that entered before they came here.</summary>
    public ConnectionDelegate Watched(ConnectionDelegate next) => async connection =>
    {
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
            LogClosed(connection.ConnectionId);
        }
    };

    /// <summary>Counts a connection; false, and counted as refused, when there are too many.</summary>
    public bool TryEnter(EndPoint? remote)
    {
        if (Enter(ClientAddress.Of(remote)) is { } limit)
        {
            ConnectionMetrics.Refused(listener, limit);
            LogRefused(remote, listener, limit);
            return false;
        }

        ConnectionMetrics.Opened(listener);
        return true;
    }

    /// <summary>A connection that entered is closed.</summary>
    public void Leave(EndPoint? remote)
    {
        Leave(ClientAddress.Of(remote));
        ConnectionMetrics.Closed(listener);
    }

    /// <summary>A connection is closed over which nothing came.</summary>
    public void NoteSilent(EndPoint remote)
    {
        ConnectionMetrics.Silent(listener);
        LogSilent(remote, listener);
    }

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

    [LoggerMessage(4102, LogLevel.Debug, "{Remote} refused on {Listener}: limit {Limit}")]
    private partial void LogRefused(EndPoint? remote, string listener, string limit);

    [LoggerMessage(4103, LogLevel.Debug, "{Connection} broken: {Reason}")]
    private partial void LogReset(string connection, string reason);

    [LoggerMessage(4104, LogLevel.Debug, "{Connection} closed")]
    private partial void LogClosed(string connection);

    [LoggerMessage(4107, LogLevel.Debug, "{Remote} said nothing on {Listener}")]
    private partial void LogSilent(EndPoint remote, string listener);
}
