using System.Text;
using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Micro.Sip;

/// <summary>One header value each, by the parser of its type.</summary>
[MemoryDiagnoser]
public class SipHeaderParsing
{
    private readonly byte[] _via = Encoding.UTF8.GetBytes(Messages.Via);
    private readonly byte[] _from = Encoding.UTF8.GetBytes(Messages.From);
    private readonly byte[] _cseq = Encoding.UTF8.GetBytes(Messages.CSeq);
    private readonly byte[] _contact = Encoding.UTF8.GetBytes(Messages.Contact);
    private readonly byte[] _sessionExpires = Encoding.UTF8.GetBytes(Messages.SessionExpires);
    private readonly byte[] _authorization = Encoding.UTF8.GetBytes(Messages.Authorization);

    public SipHeaderParsing() => Proof.Of(Via() && From() && CSeq() && Contact() && SessionExpires() && Authorization());

    [Benchmark(Baseline = true)]
    public bool Via() => ViaHeader.TryParse(_via, out _);

    [Benchmark]
    public bool From() => FromHeader.TryParse(_from, out _);

    [Benchmark]
    public bool CSeq() => CSeqHeader.TryParse(_cseq, out _);

    [Benchmark]
    public bool Contact() => ContactHeader.TryParse(_contact, out _);

    [Benchmark]
    public bool SessionExpires() => SessionExpiresHeader.TryParse(_sessionExpires, out _);

    [Benchmark]
    public bool Authorization() => AuthorizationHeader.TryParse(_authorization, out _);
}
