using System.IO.Pipelines;
using System.Net.Security;

namespace OmaIm.Stack.Transport;

/// <summary>Pipes over what TLS secures. Their blocks are as large as a record, so that a large write is few of them.</summary>
public sealed class TlsPipes : IDuplexPipe
{
    private TlsPipes(SslStream stream)
    {
        // An idle connection holds no block: reading begins when there is something.
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(
            PipeMemory.Records, PipeMemory.Records.MaxBufferSize, minimumReadSize: PipeMemory.Records.MaxBufferSize / 4, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(PipeMemory.Records, PipeMemory.Records.MaxBufferSize, leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public static TlsPipes Over(SslStream stream) => new(stream);
}
