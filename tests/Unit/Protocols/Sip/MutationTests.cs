using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>Every vector with octets changed, doubled, cut and mixed: nothing throws, and what is accepted stays what it is.</summary>
public sealed class MutationTests
{
    private const int Rounds = 60;

    private static readonly byte[] Nasty = [0, 9, 10, 13, 32, 34, 37, 44, 47, 58, 59, 60, 61, 62, 64, 91, 92, 93, 127, 128, 255];

    private static readonly SipHeaderId[] Ids = Enum.GetValues<SipHeaderId>();

    [Theory]
    [MemberData(nameof(TortureTests.Names), MemberType = typeof(TortureTests))]
    public void AMutatedVectorIsReadOrRefusedAndWhatIsReadIsStable(string vector)
    {
        var original = SipCorpus.Read(vector);
        var random = new Random(vector.Length * 7919);
        for (var round = 0; round < Rounds; round++)
        {
            var mutated = Mutate(original, random);
            CheckDatagram(mutated);
            var cut = random.Next(mutated.Length + 1);
            Assert.Equal(StreamRun.Whole(mutated).Events, StreamRun.Split(mutated, cut).Events);
        }
    }

    private static void CheckDatagram(byte[] bytes)
    {
        var status = SipReader.ReadDatagram(bytes, SipLimits.Default, out var message, out var rejection);
        Assert.Equal(status == ParseStatus.Malformed, rejection != SipRejection.None);
        if (message is null)
        {
            return;
        }

        var sanity = SipSanity.Check(message);
        var malformed = Array.FindAll(Ids, message.IsMalformed); // reads every header
        _ = SipMessage.CreateResponse(message, 400, SipRejections.Phrase(rejection == SipRejection.None ? SipRejection.BadVia : rejection)).ToArray();
        if (status != ParseStatus.Complete)
        {
            return;
        }

        var written = message.ToArray();
        Assert.Equal(ParseStatus.Complete, SipReader.ReadDatagram(written, SipLimits.Default, out var again, out _));
        Assert.Equal(written, again!.ToArray());
        Assert.Equal(sanity, SipSanity.Check(again));
        Assert.Equal(malformed, Array.FindAll(Ids, again.IsMalformed));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        var changes = random.Next(1, 5);
        for (var i = 0; i < changes; i++)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(1, Math.Min(40, bytes.Count - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = Nasty[random.Next(Nasty.Length)];
                    break;
                case 1:
                    bytes.Insert(at, Nasty[random.Next(Nasty.Length)]);
                    break;
                case 2 when bytes.Count - length > 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
