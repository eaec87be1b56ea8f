using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>One session in a room, seen from outside: says things, and puts together what it hears.</summary>
internal sealed class RoomPeer(RoomBench bench, RoomMember member, MsrpPeer msrp)
{
    private readonly Dictionary<string, (string Body, string Total)> _open = [];
    private readonly List<string> _heard = [];
    private readonly List<MsrpWireFrame> _answers = [];
    private int _messages;

    public RoomMember Member => member;

    public MsrpPeer Msrp => msrp;

    public MsrpMemoryConnection Connection => msrp.Connection;

    public string Aor => member.Aor;

    /// <summary>Messages that have begun to come and not ended.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Messages that were given up while they came.</summary>
    public int Aborted { get; private set; }

    /// <summary>Says one line of text to the room, or to one participant; returns the answer's status code.</summary>
    public int Say(string text, string? to = null) => SendWhole(MsrpText.Cpim(Aor, to ?? RoomBench.Uri, text));

    /// <summary>Sends a body in one chunk; returns the answer's status code.</summary>
    public int SendWhole(string body, string contentType = "message/cpim", params string[] headers)
    {
        var id = msrp.Send(NextMessageId(), body, $"1-{body.Length}/{body.Length}", '$', contentType, headers);
        return Answer(id);
    }

    /// <summary>Sends one chunk; returns the answer's status code.</summary>
    public int SendChunk(string messageId, string body, long start, long total, char flag = '+') =>
        Answer(msrp.Send(messageId, body, $"{start}-{start + body.Length - 1}/{(total < 0 ? "*" : total)}", flag));

    /// <summary>Sends a body in chunks of this size; returns the answers' status codes.</summary>
    public List<int> SendInChunks(string messageId, string body, int chunkSize)
    {
        var codes = new List<int>();
        for (var at = 0; at < body.Length; at += chunkSize)
        {
            var chunk = body[at..Math.Min(body.Length, at + chunkSize)];
            codes.Add(SendChunk(messageId, chunk, at + 1, body.Length, at + chunk.Length == body.Length ? '$' : '+'));
        }

        return codes;
    }

    public string NextMessageId() => $"m{++_messages:d5}";

    /// <summary>The whole messages that have come since the last call, as their bodies.</summary>
    public List<string> Hear()
    {
        Read();
        var heard = _heard.ToList();
        _heard.Clear();
        return heard;
    }

    /// <summary>The text behind the CPIM and MIME headers of what has come.</summary>
    public List<string> HearTexts() => [.. Hear().Select(static body => body[(body.LastIndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])];

    /// <summary>The status code that came for a request; 0 for none.</summary>
    public int Answer(string transactionId)
    {
        Read();
        return _answers.Find(answer => answer.TransactionId == transactionId)?.StatusCode ?? 0;
    }

    /// <summary>Takes frames apart that came some other way.</summary>
    public void Read()
    {
        bench.Msrp.Run();
        foreach (var frame in msrp.Connection.TakeFrames())
        {
            Assert.Equal((msrp.Path, msrp.SessionPath), (frame.ToPath, frame.FromPath));
            if (frame.IsResponse)
            {
                _answers.Add(frame);
            }
            else if (frame.Method == "SEND")
            {
                TakeChunk(frame);
            }
        }
    }

    // What the strictest client asks for: chunks in order, without gaps, with one total, ending where they said.
    private void TakeChunk(MsrpWireFrame frame)
    {
        var range = frame.ByteRange!.Split('-', '/');
        var (body, total) = _open.GetValueOrDefault(frame.MessageId!, ("", range[2]));
        Assert.Equal((body.Length + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), range[0]);
        body += frame.Body;
        Assert.Equal(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), range[1]);
        Assert.True(total == "*" || total == range[2], $"{total} became {range[2]}");
        switch (frame.Flag)
        {
            case '+':
                _open[frame.MessageId!] = (body, total);
                return;
            case '$':
                Assert.Equal(range[1], range[2]);
                _heard.Add(body);
                break;
            default:
                Aborted++;
                break;
        }

        _open.Remove(frame.MessageId!);
    }
}
