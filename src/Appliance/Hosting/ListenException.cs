using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Appliance.Hosting;

/// <summary>A listener could not be opened. The message is one line for the operator.</summary>
public sealed class ListenException : Exception
{
    private ListenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static ListenException For(string name, string key, IPEndPoint endpoint, Exception exception)
    {
        var isTaken = exception is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
        var reason = isTaken
            ? $"another program has the port; choose one with --{key}:Port=PORT"
            : $"{exception.Message}; see {key}:Address and {key}:Port";
        return new ListenException($"{name} can not listen on {endpoint}: {reason}.", exception);
    }
}
