using System.Buffers;
using System.Security.Cryptography;
using OmaIm.Load.Messages;

namespace OmaIm.Load.Traffic;

/// <summary>
/// A message of which pieces are still to come: kept until it is whole, or only hashed once its marker says that it is the large one.
/// </summary>
internal sealed class ChunkedMessage(ReadOnlySpan<byte> id, TrafficLedger ledger) : IDisposable
{
    /// <summary>What CPIM and MIME headers may add to a text.</summary>
    private const int HeaderAllowance = 4096;

    private readonly byte[] _id = id.ToArray();
    private byte[] _kept = ArrayPool<byte>.Shared.Rent(ledger.TextLength + HeaderAllowance);
    private int _keptLength;
    private BigTransfer? _big;
    private IncrementalHash? _hash;

    public ReadOnlySpan<byte> Id => _id;

    /// <summary>Bytes of the body that have come.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next piece; false when the message is larger than anything that was sent.</summary>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        Received += piece.Length;
        if (_hash is not null)
        {
            _hash.AppendData(piece);
            return true;
        }

        if (_keptLength == 0 && TryReadMarker(piece, out var content, out var marker) && ledger.FindBig(marker) is { } big)
        {
            _big = big;
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _hash.AppendData(content);
            return true;
        }

        if (_keptLength + piece.Length > _kept.Length)
        {
            return false;
        }

        piece.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += piece.Length;
        return true;
    }

    public void Finish(LoadMember member, long readAt)
    {
        if (_hash is not null)
        {
            Span<byte> sha256 = stackalloc byte[SHA256.HashSizeInBytes];
            _hash.GetHashAndReset(sha256);
            ledger.TakeBig(member, _big!, sha256);
            return;
        }

        var body = _kept.AsSpan(0, _keptLength);
        if (body.Length >= ledger.TextLength && Marker.TryRead(body[^ledger.TextLength..], out var marker))
        {
            ledger.Take(member, marker, body, readAt);
        }
        else
        {
            ledger.CountDamaged();
        }
    }

    public void Dispose()
    {
        _hash?.Dispose();
        ArrayPool<byte>.Shared.Return(_kept);
        _kept = [];
    }

    // The content stands behind the CPIM headers and the MIME headers, each ended by a blank line.
    private static bool TryReadMarker(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> content, out Marker marker)
    {
        content = default;
        marker = default;
        var headers = body.IndexOf("\r\n\r\n"u8) + 4;
        var mime = headers < 4 ? -1 : body[headers..].IndexOf("\r\n\r\n"u8);
        if (mime < 0)
        {
            return false;
        }

        content = body[(headers + mime + 4)..];
        return Marker.TryRead(content, out marker);
    }
}
