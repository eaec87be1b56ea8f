using System.Text;
using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Msrp;
using OmaIm.Micro.Sip;
using OmaIm.Protocols.Sdp;

namespace OmaIm.Micro.Sdp;

/// <summary>An offer to a room, and its answer.</summary>
[MemoryDiagnoser]
public class SdpNegotiation
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(Messages.Offer);
    private readonly SessionDescription _offer;
    private readonly SessionDescription _answer;
    private readonly MsrpLocal _local = new()
    {
        Origin = SdpOrigin.Create("192.0.2.1"),
        RequiredTypes = ["message/cpim"],
        Media = new MsrpMedia
        {
            Host = "192.0.2.1",
            Port = 2855,
            Path = Frames.SwitchPath,
            AcceptWrappedTypes = ["*"],
            Setup = SetupRole.ActPass,
            IsChatroom = true,
            ChatroomTokens = ["nickname", "private-messages"],
        },
    };

    public SdpNegotiation()
    {
        _offer = ReadOffer();
        _answer = AnswerOffer();
    }

    [Benchmark(Baseline = true)]
    public SessionDescription ReadOffer() => SessionDescription.TryParse(_text, out var offer) ? offer : throw new InvalidOperationException("The offer is malformed.");

    [Benchmark]
    public SessionDescription AnswerOffer() => MsrpOfferAnswer.Answer(_offer, _local).Answer ?? throw new InvalidOperationException("The offer is refused.");

    [Benchmark]
    public byte[] WriteAnswer() => _answer.ToBytes();
}
