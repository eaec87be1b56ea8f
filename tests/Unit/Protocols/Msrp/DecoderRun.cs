using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

/// <summary>Feeds a decoder as a connection does, in given portions, and writes down the frames that come out, pieces put together.</summary>
internal sealed class DecoderRun(MsrpLimits limits)
{
    private readonly MsrpDecoder _decoder = new(limits);
    private readonly List<MsrpWireFrame> _frames = [];
    private readonly StringBuilder _body = new();
    private byte[] _unread = [];
    private MsrpRejection _rejection;

    /// <summary>Whether a close would cut a frame off.</summary>
    public bool IsInsideFrame => _decoder.IsInsideFrame || _unread.Length > 0;

    public int Unread => _unread.Length;

    public int LargestPiece { get; private set; }

    public MsrpReading Reading => new(_frames, _rejection, _unread.Length);

    public static MsrpReading Read(byte[] bytes, MsrpLimits limits, params int[] offsets)
    {
        var run = new DecoderRun(limits);
        var begin = 0;
        foreach (var offset in offsets.Append(bytes.Length))
        {
            run.Receive(bytes.AsSpan(begin, offset - begin));
            begin = offset;
        }

        return run.Reading;
    }

    public void Receive(ReadOnlySpan<byte> portion)
    {
        _unread = [.. _unread, .. portion];
        while (_rejection == MsrpRejection.None)
        {
            var status = _decoder.Read(_unread, out var consumed, out var frame, out var rejection);
            if (status == ParseStatus.Complete)
            {
                Take(frame);
            }

            _unread = _unread[consumed..];
            if (status == ParseStatus.NeedMoreData)
            {
                return;
            }

            Assert.Equal(status == ParseStatus.Malformed, rejection != MsrpRejection.None);
            AssertReadable(frame);
            _rejection = rejection;
        }
    }

    private void Take(in MsrpFrame frame)
    {
        Assert.Equal(_body.Length, frame.PieceOffset);
        Assert.Equal(frame.PieceOffset == 0, frame.IsFirstPiece);
        LargestPiece = Math.Max(LargestPiece, frame.Body.Length);
        _body.Append(MsrpText.Text(frame.Body));
        if (!frame.IsLastPiece)
        {
            Assert.NotEqual(0, frame.Body.Length);
            Assert.True(frame.HasBody);
            return;
        }

        var lines = MsrpText.Text(frame.Head).Split("\r\n");
        var words = lines[0].Split(' ', 4);
        var headers = lines[1..^1].Select(static line => (line[..line.IndexOf(':', StringComparison.Ordinal)], Value(line))).ToList();
        _frames.Add(new MsrpWireFrame(
            MsrpText.Text(frame.TransactionId), frame.IsRequest ? words[2] : "", frame.StatusCode, frame.IsRequest || words.Length < 4 ? "" : words[3],
            headers, frame.HasBody ? _body.ToString() : null, (char)frame.Flag));
        _body.Clear();
        AssertSlots(frame, _frames[^1]);
    }

    // Whatever was read of a refused frame serves for its answer.
    private static void AssertReadable(in MsrpFrame frame)
    {
        foreach (var id in Enum.GetValues<MsrpHeaderId>())
        {
            Assert.True(frame[id].Length <= frame.Head.Length);
        }
    }

    // The slots must show what the lines say.
    private static void AssertSlots(in MsrpFrame frame, MsrpWireFrame expected)
    {
        foreach (var id in Enum.GetValues<MsrpHeaderId>())
        {
            if (id != MsrpHeaderId.Unknown)
            {
                var value = expected[MsrpText.Text(MsrpHeaderNames.Canonical(id))];
                Assert.Equal(value is not null, frame.Contains(id));
                Assert.Equal(value ?? "", MsrpText.Text(frame[id]));
            }
        }
    }

    private static string Value(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ', '\t');
}
