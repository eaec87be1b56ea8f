using OmaIm.Stack.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>The other end of a session: writes requests to it by hand and reads what comes back.</summary>
public sealed class MsrpPeer(MsrpBench bench, MsrpSession session, MsrpMemoryConnection connection, string path)
{
    private int _requests;

    /// <summary>This side's path, as its SDP would have said.</summary>
    public string Path { get; } = path;

    public string SessionPath => session.LocalPath;

    public MsrpSession Session => session;

    public MsrpMemoryConnection Connection => connection;

    /// <summary>A transaction id that this peer has not used.</summary>
    public string NextId() => $"t{++_requests:d4}.{(uint)Path.GetHashCode(StringComparison.Ordinal):x8}";

    /// <summary>Sends a request without a body and lets the loop take it; returns its transaction id.</summary>
    public string Request(string method, params string[] headers)
    {
        var id = NextId();
        connection.Receive(MsrpText.Request(method, id, SessionPath, Path, headers));
        bench.Run();
        return id;
    }

    /// <summary>Sends a SEND without a body, as clients do to bind the session.</summary>
    public string Bind() => Request("SEND", "Message-ID: bind0001");

    /// <summary>Sends a chunk and lets the loop take it; returns its transaction id.</summary>
    public string Send(
        string messageId, string body, string? range = null, char flag = '$', string contentType = "message/cpim", params string[] headers)
    {
        var id = NextId();
        connection.Receive(MsrpText.Send(id, SessionPath, Path, messageId, body, range, flag, contentType, headers));
        bench.Run();
        return id;
    }

    /// <summary>Answers a request that the session has sent.</summary>
    public void Respond(MsrpWireFrame request, int code = 200)
    {
        connection.Receive(MsrpText.Response(request.TransactionId, code, SessionPath, Path));
        bench.Run();
    }

    /// <summary>What has come since the last call.</summary>
    public IReadOnlyList<MsrpWireFrame> Take()
    {
        bench.Run();
        return connection.TakeFrames();
    }

    /// <summary>The one frame that has come since the last call.</summary>
    public MsrpWireFrame TakeOne() => Take() is [var frame] ? frame : throw new InvalidOperationException("Not one frame came.");
}
