using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Dispatch;

/// <summary>
/// Brings an admitted request to the enabler that serves it: a table of (what is addressed, method). Allow, and with it every 405
/// and every answer to OPTIONS, is read off the same table.
/// </summary>
public sealed partial class Dispatcher(ServerMetrics metrics, ILoggerFactory loggers)
{
    private readonly Dictionary<DestinationKind, List<(SipMethod Method, IRequestHandler Handler)>> _table = [];
    private readonly Dictionary<DestinationKind, Func<string, bool>> _exists = [];
    private readonly ILogger _logger = loggers.CreateLogger<Dispatcher>();

    /// <summary>Says how it is known whether a room or a user of that name exists; without it, every address of that kind does.</summary>
    public void Exists(DestinationKind kind, Func<string, bool> exists) => _exists[kind] = exists;

    /// <summary>Adds a row to the table.</summary>
    public void Route(DestinationKind kind, SipMethod method, IRequestHandler handler)
    {
        if (!_table.TryGetValue(kind, out var row))
        {
            _table[kind] = row = [];
        }

        row.Add((method, handler));
    }

    public void Dispatch(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var method = transaction.Request.Method;
        if (destination.Kind == DestinationKind.Elsewhere
            || (_exists.TryGetValue(destination.Kind, out var exists) && !exists(destination.Name)))
        {
            Refuse("unknown_destination", transaction);
            transaction.Respond(404, null, []);
        }
        else if (Find(destination.Kind, method) is { } handler)
        {
            handler.Handle(transaction, caller, destination);
        }
        else if (method == SipMethod.Options)
        {
            AnswerOptions(transaction, destination.Kind);
        }
        else
        {
            Refuse("method_not_allowed", transaction);
            transaction.Respond(405, null, (SipHeaderId.Allow, Allow(destination.Kind)));
        }
    }

    // RFC 3261 section 11.2: Allow, Accept and Supported tell what can be done here.
    private void AnswerOptions(ServerTransaction transaction, DestinationKind kind)
    {
        var headers = new List<(SipHeaderId, string)>
        {
            (SipHeaderId.Allow, Allow(kind)),
            (SipHeaderId.Accept, Accept(kind)),
            (SipHeaderId.Supported, Extensions.Supported(kind)),
        };
        if (kind == DestinationKind.Room)
        {
            headers.Add((SipHeaderId.AllowEvents, "conference, refer"));
        }

        transaction.Respond(200, null, [.. headers]);
    }

    private static string Accept(DestinationKind kind) => kind switch
    {
        DestinationKind.Factory => "application/sdp, multipart/mixed, application/resource-lists+xml",
        DestinationKind.Exploder => "multipart/mixed, application/resource-lists+xml",
        _ => "application/sdp",
    };

    private IRequestHandler? Find(DestinationKind kind, SipMethod method) =>
        _table.GetValueOrDefault(kind)?.FirstOrDefault(entry => entry.Method == method).Handler;

    // ACK, BYE and CANCEL come with INVITE: they are part of the session that it makes.
    private string Allow(DestinationKind kind)
    {
        var methods = (_table.GetValueOrDefault(kind) ?? []).Select(entry => entry.Method.Name);
        IEnumerable<string> ofSessions = methods.Contains(SipMethod.Invite.Name, StringComparer.Ordinal) ? ["ACK", "BYE", "CANCEL", "UPDATE"] : [];
        return string.Join(", ", [.. methods, .. ofSessions, SipMethod.Options.Name]);
    }

    private void Refuse(string reason, ServerTransaction transaction)
    {
        metrics.Refused("dispatch", reason);
        LogRefused(reason, transaction.Flow.Remote);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "Request refused at dispatch ({Reason}) from {Remote}")]
    private partial void LogRefused(string reason, System.Net.IPEndPoint remote);
}
