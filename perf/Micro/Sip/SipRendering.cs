using System.Buffers;
using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Protocols.Sip;

namespace OmaIm.Micro.Sip;

/// <summary>Making and writing messages.</summary>
[MemoryDiagnoser]
public class SipRendering
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly SipMessage _invite = Messages.Read(Messages.Invite);
    private readonly SipMessage _response = SipMessage.CreateResponse(Messages.Read(Messages.Invite), 200);

    public SipRendering()
    {
        Proof.Of(Request() == Messages.Invite.Length);
        Proof.Of(Response() > 200 && ResponseFromItsRequest() > 200);
    }

    [Benchmark(Baseline = true)]
    public int Response()
    {
        _output.ResetWrittenCount();
        _response.WriteTo(_output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int ResponseFromItsRequest()
    {
        _output.ResetWrittenCount();
        SipMessage.CreateResponse(_invite, 180).WriteTo(_output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Request()
    {
        _output.ResetWrittenCount();
        _invite.WriteTo(_output);
        return _output.WrittenCount;
    }
}
