using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Micro.Msrp;

/// <summary>Writing frames into a buffer that is there.</summary>
[MemoryDiagnoser]
public class MsrpRendering
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly byte[] _id = "k39fj2hs8d0a"u8.ToArray();
    private readonly byte[] _messageId = "k39fj2hs8d0b"u8.ToArray();
    private readonly byte[] _toPath = Encoding.ASCII.GetBytes(Frames.PeerPath);
    private readonly byte[] _fromPath = Encoding.ASCII.GetBytes(Frames.SwitchPath);
    private readonly byte[] _body = new byte[1024];

    [Benchmark(Baseline = true)]
    public int Send()
    {
        _output.ResetWrittenCount();
        MsrpWriter.WriteRequestHead(_output, _id, "SEND"u8, _toPath, _fromPath);
        MsrpWriter.WriteMessageHeaders(_output, _messageId, new ByteRange(1, _body.Length, _body.Length), successReport: false, FailureReport.Partial);
        MsrpWriter.WriteContent(_output, "message/cpim"u8, _body, _id, MsrpFlag.Complete);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Response()
    {
        _output.ResetWrittenCount();
        MsrpWriter.WriteResponse(_output, _id, 200, "OK"u8, _toPath, _fromPath);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Report()
    {
        _output.ResetWrittenCount();
        MsrpWriter.WriteReport(_output, _id, _toPath, _fromPath, _messageId, new ByteRange(1, _body.Length, _body.Length), 200, "OK"u8);
        return _output.WrittenCount;
    }
}
