namespace OmaIm.Tests.EndToEnd.Transports;

/// <summary>What a connection brings, as TLS records.</summary>
internal sealed class RecordedStream(Stream inner) : Stream
{
    private const int HeaderLength = 5;

    private readonly List<byte> _read = [];

    /// <summary>The records that have come, the last perhaps in part: of what kind, and how long without their headers.</summary>
    public IReadOnlyList<(byte Kind, int Length)> Records
    {
        get
        {
            var records = new List<(byte, int)>();
            var length = 0;
            for (var at = 0; at + HeaderLength <= _read.Count; at += HeaderLength + length)
            {
                length = (_read[at + 3] << 8) + _read[at + 4];
                records.Add((_read[at], length));
            }

            return records;
        }
    }

    public byte LastRecord => Records[^1].Kind;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _read.AddRange(buffer.Span[..count]);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
