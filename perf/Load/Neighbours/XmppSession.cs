using System.Text;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Neighbours;

/// <summary>
/// A client of an XMPP server that lets everybody in (SASL ANONYMOUS, RFC 4505): a topic is a room of its service conference.localhost (XEP-0045).
/// A room says everything to the sender, too.
/// </summary>
internal sealed class XmppSession(NeighbourSeat seat) : NeighbourSession(seat)
{
    private const string Head =
        "<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

    private readonly byte[] _start = Bytes($"<message to='topic{seat.Topic}@conference.localhost' type='groupchat'><body>");
    private bool _isAuthenticated;

    public override bool HearsItself => true;

    public override void Render(ReadOnlySpan<byte> text)
    {
        Write(_start);
        Write(text);
        Write("</body></message>"u8);
    }

    public override int OnBytes(WireConnection connection, ReadOnlySpan<byte> data)
    {
        var used = 0;
        while (connection.IsReading && TryCut(data[used..], out var length, out var name, out var stanza))
        {
            used += length;
            if (name.SequenceEqual("message"u8))
            {
                OnMessage(stanza);
            }
            else
            {
                OnOther(connection, name, stanza);
            }
        }

        return used;
    }

    protected override void Begin() => Write(Head);

    private void OnMessage(ReadOnlySpan<byte> stanza)
    {
        var start = stanza.IndexOf("<body>"u8) + "<body>"u8.Length;
        var end = stanza.LastIndexOf("</body>"u8);
        if (end >= start && start >= "<body>"u8.Length)
        {
            FanOut.Take(this, stanza[start..end]);
        }
    }

    private void OnOther(WireConnection connection, ReadOnlySpan<byte> name, ReadOnlySpan<byte> stanza)
    {
        if (name.SequenceEqual("stream:features"u8))
        {
            Write(_isAuthenticated
                ? "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"u8
                : "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"u8);
        }
        else if (name.SequenceEqual("success"u8))
        {
            _isAuthenticated = true;
            Write(Head);
        }
        else if (name.SequenceEqual("iq"u8) && stanza.IndexOf("xmpp-bind"u8) >= 0)
        {
            Write($"<presence to='topic{Topic}@conference.localhost/n{Number}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>");
        }
        else if (name.SequenceEqual("presence"u8) && stanza.IndexOf("110"u8) >= 0 && stanza.IndexOf("status"u8) >= 0)
        {
            IsReady = true; // status 110: this is the presence of oneself, the last of the room's
        }
        else if (name.SequenceEqual("failure"u8) || name.SequenceEqual("stream:error"u8) || stanza.IndexOf("type='error'"u8) >= 0)
        {
            connection.Lose(Encoding.UTF8.GetString(stanza));
        }
    }

    /// <summary>
    /// Cuts one stanza, or one of the tags that never end in a stream. No parser of XML: elements in a stanza of these rooms are never
    /// of the stanza's own name, and servers escape the sign that ends a tag.
    /// </summary>
    private static bool TryCut(ReadOnlySpan<byte> data, out int length, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> stanza)
    {
        length = 0;
        name = stanza = default;
        var start = data.IndexOf((byte)'<');
        var end = start < 0 ? -1 : data[start..].IndexOf((byte)'>');
        if (end < 0)
        {
            return false;
        }

        var tag = data.Slice(start, end + 1);
        name = tag[1..tag.IndexOfAny(" />"u8)];
        length = start + tag.Length;
        if (tag[^2] != '/' && tag[1] is not ((byte)'?' or (byte)'/') && !name.SequenceEqual("stream:stream"u8))
        {
            Span<byte> ending = stackalloc byte[name.Length + 3];
            "</"u8.CopyTo(ending);
            name.CopyTo(ending[2..]);
            ending[^1] = (byte)'>';
            var at = data[length..].IndexOf(ending);
            if (at < 0)
            {
                return false;
            }

            length += at + ending.Length;
        }

        stanza = data[start..length];
        return true;
    }
}
