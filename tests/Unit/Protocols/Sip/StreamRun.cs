using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>Feeds a reader as a connection does, in given pieces, and writes down what comes out.</summary>
internal sealed class StreamRun
{
    private readonly List<string> _events = [];
    private byte[] _unread = [];

    /// <summary>Messages, refusals and keep-alives (each CRLF for itself), in their order.</summary>
    public IReadOnlyList<string> Events => _events;

    /// <summary>Whether a close would cut a message off.</summary>
    public bool IsInsideMessage => _unread.Length > 0 && !IsClosed;

    /// <summary>Whether a refusal has ended the stream.</summary>
    public bool IsClosed { get; private set; }

    public static StreamRun Whole(byte[] bytes)
    {
        var run = new StreamRun();
        run.Receive(bytes);
        return run;
    }

    public static StreamRun Split(byte[] bytes, int offset)
    {
        var run = new StreamRun();
        run.Receive(bytes.AsSpan(0, offset));
        run.Receive(bytes.AsSpan(offset));
        return run;
    }

    public static StreamRun ByteByByte(byte[] bytes)
    {
        var run = new StreamRun();
        for (var i = 0; i < bytes.Length; i++)
        {
            run.Receive(bytes.AsSpan(i, 1));
        }

        return run;
    }

    public void Receive(ReadOnlySpan<byte> piece)
    {
        _unread = [.. _unread, .. piece];
        while (!IsClosed && _unread.Length > 0)
        {
            var status = SipReader.ReadStream(_unread, SipLimits.Default, out var consumed, out var message, out var rejection);
            if (status == ParseStatus.NeedMoreData)
            {
                Assert.Equal(0, consumed);
                Assert.Null(message);
                return;
            }

            Assert.Equal(status == ParseStatus.Malformed, rejection != SipRejection.None);
            Note(status, consumed, message, rejection);
            IsClosed = status == ParseStatus.Malformed && SipRejections.CloseStream(rejection);
            Assert.Equal(IsClosed, consumed == 0);
            _unread = _unread[consumed..];
        }
    }

    private void Note(ParseStatus status, int consumed, SipMessage? message, SipRejection rejection)
    {
        var text = message is null ? "nobody to tell" : Encoding.Latin1.GetString(message.ToArray());
        if (status == ParseStatus.Malformed)
        {
            _events.Add($"{rejection}: {text}");
        }
        else if (message is not null)
        {
            _events.Add($"{SipSanity.Check(message)}: {text}");
        }
        else
        {
            _events.AddRange(Enumerable.Repeat("CRLF", consumed / 2));
        }
    }
}
