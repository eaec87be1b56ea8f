using OmaIm.Protocols.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>A message of which the far side has a part. Used again and again: a leg has a few of them.</summary>
internal sealed class RelayedMessage
{
    private byte[] _contentType = [];
    private int _contentTypeLength;
    private MessageKey _id;

    public ref readonly MessageKey Id => ref _id;

    public ReadOnlySpan<byte> ContentType => _contentType.AsSpan(0, _contentTypeLength);

    public FailureReport FailureReport { get; private set; }

    /// <summary>The announced length, or -1.</summary>
    public long Total { get; set; }

    /// <summary>The last byte that went on, counted from 1.</summary>
    public long End { get; set; }

    /// <summary>Of a message/cpim whose sender is looked at, the last byte of its headers; else 0.</summary>
    public long HeaderEnd { get; set; }

    /// <summary>Whether what is still to come of it is refused: its sender has been told that it failed.</summary>
    public bool IsRefused { get; set; }

    /// <summary>
    /// Whether it has ended without its beginning, in which it says whom it is from: it stays, so that no beginning comes after its end.
    /// </summary>
    public bool IsEnded { get; set; }

    public void Begin(in MessageKey id, ReadOnlySpan<byte> contentType, FailureReport failureReport, bool isRefused)
    {
        _id = id;
        FailureReport = failureReport;
        (Total, End, HeaderEnd, IsRefused, IsEnded) = (-1, 0, 0, isRefused, false);
        if (_contentType.Length < contentType.Length)
        {
            _contentType = new byte[contentType.Length];
        }

        contentType.CopyTo(_contentType);
        _contentTypeLength = contentType.Length;
    }
}
