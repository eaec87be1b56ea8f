using System.IO.Pipelines;
using System.Net.Security;

namespace OmaIm.Stack.Transport;

/// <summary>Pipes over what TLS secures. Their blocks are as large as a record, so that a large write is few of them.</summary>
public sealed class TlsPipes : IDuplexPipe
{
    /// <summary>How long a peer may take to let the goodbye out. 1 s: nothing waits for it but the memory of the connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SslStream _stream;

    private TlsPipes(SslStream stream)
    {
        _stream = stream;
        // An idle connection holds no block: reading begins when there is something.
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(
            PipeMemory.Records, PipeMemory.Records.MaxBufferSize, minimumReadSize: PipeMemory.Records.MaxBufferSize / 4, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(PipeMemory.Records, PipeMemory.Records.MaxBufferSize, leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public static TlsPipes Over(SslStream stream) => new(stream);

    /// <summary>
    /// Tells the peer that nothing follows (close_notify, RFC 8446 section 6.1), so that he can tell an end from a cut. When all is written; one
    /// who takes nothing is not told.
    /// </summary>
    public async Task SayGoodbyeAsync(TimeProvider time)
    {
        try
        {
            await _stream.ShutdownAsync().WaitAsync(Patience, time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            // Whom it does not reach any more has noticed otherwise.
            return;
        }
    }
}
