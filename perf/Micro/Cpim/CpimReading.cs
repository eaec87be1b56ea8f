using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Micro.Msrp;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;

namespace OmaIm.Micro.Cpim;

/// <summary>What the switch looks at in each message, beside what a client reads of it.</summary>
[MemoryDiagnoser]
public class CpimReading
{
    private readonly byte[] _body = MsrpText.Bytes(MsrpText.Cpim("sip:alice@example.com", Frames.Room, new string('x', 64)));

    public CpimReading() => Proof.Of(Headers());

    [Benchmark(Baseline = true)]
    public bool Headers() => CpimHeaderBlock.Scan(_body, out _) == ParseStatus.Complete;

    [Benchmark]
    public CpimMessage Message() => CpimMessage.TryParse(_body, out var message) ? message : throw new InvalidOperationException("The message is malformed.");
}
