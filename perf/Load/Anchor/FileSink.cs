using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Load.Anchor;

/// <summary>Receives one message chunk by chunk, answers every chunk, and hashes what comes; chunks must follow each other.</summary>
internal sealed class FileSink(Socket socket, long length)
{
    private readonly MsrpDecoder _decoder = new(MsrpLimits.Default);
    private readonly ArrayBufferWriter<byte> _answers = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _received;

    public byte[] Hash { get; private set; } = [];

    /// <exception cref="LoadException">Something else comes than the message.</exception>
    public void Run(byte[] buffer)
    {
        var unread = 0;
        while (_received < length)
        {
            unread += FileTransfer.Receive(socket, buffer.AsSpan(unread));
            var used = 0;
            while (TryRead(buffer.AsSpan(used, unread - used), out var consumed))
            {
                used += consumed;
            }

            unread -= used;
            buffer.AsSpan(used, unread).CopyTo(buffer);
            if (_answers.WrittenCount > 0)
            {
                socket.Send(_answers.WrittenSpan);
                _answers.ResetWrittenCount();
            }
        }

        Hash = _hash.GetHashAndReset();
        _hash.Dispose();
    }

    private bool TryRead(ReadOnlySpan<byte> data, out int consumed)
    {
        var status = _decoder.Read(data, out consumed, out var frame, out var rejection);
        if (status == ParseStatus.NeedMoreData)
        {
            return false;
        }

        if (status == ParseStatus.Malformed || frame.Method != MsrpMethod.Send || !frame.TryGetByteRange(out var range)
            || range.Start + frame.PieceOffset != _received + 1 || range.Total != length)
        {
            throw new LoadException($"that is no chunk of the file: {rejection} {frame.Method} at {_received}");
        }

        _hash.AppendData(frame.Body);
        _received += frame.Body.Length;
        if (frame.IsLastPiece)
        {
            MsrpWriter.WriteResponse(_answers, frame.TransactionId, 200, "OK"u8, frame.FromPath, frame.ToPath);
        }

        return true;
    }
}
