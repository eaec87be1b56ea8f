using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Protocols.Sip;

namespace OmaIm.Micro.Sip;

/// <summary>A whole INVITE, and what is asked of it: headers are read when they are first asked for, and never twice.</summary>
[MemoryDiagnoser]
public class SipReading
{
    private readonly SipMessage _read = Messages.Read(Messages.Invite);

    public SipReading()
    {
        Proof.Of(InviteAndSanity() == SipRejection.None);
        Proof.Of(InviteAndSixHeaders() && SixHeadersThatWereReadBefore());
        Proof.Of(NameOfAHeader() == SipHeaderId.SessionExpires);
    }

    [Benchmark(Baseline = true)]
    public SipMessage Invite() => Messages.Read(Messages.Invite);

    [Benchmark]
    public SipRejection InviteAndSanity() => SipSanity.Check(Messages.Read(Messages.Invite));

    [Benchmark]
    public bool InviteAndSixHeaders() => HasSixHeaders(Messages.Read(Messages.Invite));

    [Benchmark]
    public bool SixHeadersThatWereReadBefore() => HasSixHeaders(_read);

    [Benchmark]
    public SipHeaderId NameOfAHeader() => SipHeaderNames.Lookup("Session-Expires"u8);

    private static bool HasSixHeaders(SipMessage message) =>
        message is { From: not null, To: not null, CallId: not null, CSeq: not null, Via: not null, Contacts.Count: 1 };
}
