using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The one answer that nearly every delivery gets: 200 with this session's two paths. It is known by comparison; whatever differs in a
/// single byte is parsed like any other frame.
/// </summary>
internal static class ExpectedAnswer
{
    private const int IdStart = 5;
    private const int IdEnd = IdStart + TransactionIds.Length;

    /// <summary>The transaction id of an answer that was matched.</summary>
    public static ReadOnlySpan<byte> TransactionId(ReadOnlySpan<byte> answer) => answer[IdStart..IdEnd];

    /// <summary>Whether <paramref name="data"/> begins with that answer to a request of <paramref name="session"/>, and how long it is.</summary>
    public static bool TryMatch(ReadOnlySpan<byte> data, MsrpSession session, out int length)
    {
        length = 0;
        if (data.Length <= IdEnd || !data[IdEnd..].StartsWith(" 200 OK\r\nTo-Path: "u8))
        {
            return false;
        }

        var local = session.LocalPathBytes;
        var remote = session.RemotePathBytes;
        var toPath = IdEnd + " 200 OK\r\nTo-Path: "u8.Length;
        var fromPath = toPath + local.Length + "\r\nFrom-Path: "u8.Length;
        var endLine = fromPath + remote.Length + "\r\n-------"u8.Length;
        length = endLine + TransactionIds.Length + "$\r\n"u8.Length;
        return data.Length >= length
            && data.StartsWith("MSRP "u8)
            && data[toPath..].StartsWith(local)
            && data[(toPath + local.Length)..].StartsWith("\r\nFrom-Path: "u8)
            && data[fromPath..].StartsWith(remote)
            && data[(fromPath + remote.Length)..].StartsWith("\r\n-------"u8)
            && data[(endLine + TransactionIds.Length)..].StartsWith("$\r\n"u8)
            && data.Slice(endLine, TransactionIds.Length).SequenceEqual(data[IdStart..IdEnd])
            && MsrpGrammar.IsIdent(data[IdStart..IdEnd]);
    }
}
