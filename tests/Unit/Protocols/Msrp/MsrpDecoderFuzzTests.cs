using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

/// <summary>
/// Mutates frames at random and compares the decoder, fed in random portions, with the reference reader. The seeds are fixed, so that a
/// failure names its input; the fuzz project runs the same comparison for as long as one likes.
/// </summary>
public sealed class MsrpDecoderFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly MsrpLimits Small = new() { StartLine = 64, HeaderBlock = 400, Headers = 6, Piece = 16 };

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\r\n", "\r", "\n", "\0", "-------", "-------abcd", "-------abcd$\r\n", "\r\n-------abcd$\r\n", "\r\n-------abcd+\r\n", "\r\n-------abcd#\r\n",
            "\r\n-------abcd?\r\n", "\r\n\r\n", "MSRP ", "MSRP abcd SEND\r\n", "MSRP abcd 200 OK\r\n", "To-Path: x\r\n", "From-Path: y\r\n", "To-Path:", "abcd", " ", ":", "$",
            "Message-ID: 1234\r\n", "X: \xc3\xa9\r\n", "\xff", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "MSRP abcd 200 " + new string('c', 60), "X: " + new string('x', 400), string.Concat(Enumerable.Repeat("X: x\r\n", 6)),
        }.Select(MsrpText.Bytes),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheDecoderAgreesWithTheReferenceOnMutatedFrames(int seed)
    {
        var random = new Random(seed);
        var seeds = MsrpVectors.All.Where(static vector => vector.Bytes.Length is > 0 and < 600).Select(static vector => vector.Bytes)
            .Append(MsrpText.Bytes(MsrpText.Send("abcd", "x", "y", "1234", "some text\r\n-------abce$\r\nmore text")))
            .ToArray();
        var outcomes = new HashSet<MsrpRejection>();
        for (var round = 0; round < Rounds / 2; round++)
        {
            var input = Mutate(random, seeds[random.Next(seeds.Length)]);
            var limits = random.Next(2) == 0 ? Small : MsrpLimits.Default;
            var expected = MsrpReference.Read(input, limits);
            var actual = DecoderRun.Read(input, limits, Splits(random, input.Length));
            Assert.True(Show(expected) == Show(actual), $"round {round}:\n{Show(expected)}\n{Show(actual)}\n{MsrpText.Text(input)}");
            outcomes.Add(actual.Rejection);
        }

        // Otherwise the mutations reach too little to mean anything.
        Assert.Superset(Enum.GetValues<MsrpRejection>().Where(static reason => reason.ClosesConnection() && reason != MsrpRejection.Truncated).ToHashSet(), outcomes);
    }

    private static string Show(MsrpReading reading) => $"{string.Join('\n', reading.Frames)}\n{reading.Rejection}";

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (var count = random.Next(4); count >= 0; count--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at)) + 1);
                    break;
                case 2 when at < bytes.Count:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, random.Next(Math.Min(60, bytes.Count - at)) + 1));
                    break;
                case 3:
                    bytes.AddRange(seed);
                    break;
                default:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static int[] Splits(Random random, int length) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(length + 1)).Order()];
}
