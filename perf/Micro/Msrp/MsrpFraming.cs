using BenchmarkDotNet.Attributes;
using OmaIm.Micro.Budget;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Micro.Msrp;

/// <summary>Cutting a stream into frames.</summary>
[MemoryDiagnoser]
public class MsrpFraming
{
    // What one receive brings of a frame that is longer.
    private const int Received = 16 * 1024;

    private readonly MsrpDecoder _decoder = new(MsrpLimits.Default);
    private readonly byte[] _short = Frames.Message(64);
    private readonly byte[] _chunk = Frames.Message(2048);
    private readonly byte[] _long = Frames.Message(64 * 1024);
    private readonly byte[] _answers = [.. Enumerable.Repeat(Frames.Answer(), 200).SelectMany(static answer => answer)];

    public MsrpFraming()
    {
        Proof.Of(ShortMessage() == 1);
        Proof.Of(ChunkOf2KB() == 1);
        Proof.Of(MessageOf64KBInPieces() == 4);
        Proof.Of(TwoHundredAnswers() == 200);
    }

    [Benchmark(Baseline = true)]
    public int ShortMessage() => ReadAll(_short);

    [Benchmark]
    public int ChunkOf2KB() => ReadAll(_chunk);

    /// <summary>It comes in pieces and leaves in pieces: nothing waits for its end.</summary>
    [Benchmark]
    public int MessageOf64KBInPieces()
    {
        var frames = 0;
        var at = 0;
        for (var end = Received; at < _long.Length; end = Math.Min(end + Received, _long.Length))
        {
            at += Read(_long.AsSpan(at, end - at), ref frames);
        }

        return frames;
    }

    [Benchmark]
    public int TwoHundredAnswers() => ReadAll(_answers);

    private int ReadAll(ReadOnlySpan<byte> data)
    {
        var frames = 0;
        Read(data, ref frames);
        return frames;
    }

    private int Read(ReadOnlySpan<byte> data, ref int frames)
    {
        var at = 0;
        while (_decoder.Read(data[at..], out var consumed, out _, out _) == ParseStatus.Complete)
        {
            at += consumed;
            frames++;
        }

        return at;
    }
}
