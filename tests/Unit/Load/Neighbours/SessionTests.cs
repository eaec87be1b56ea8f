using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Load;
using OmaIm.Load.Measuring;
using OmaIm.Load.Neighbours;
using OmaIm.Load.Wire;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Neighbours;

/// <summary>What each server says, cut at every place, with the test as the server.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FanOut _fanOut;
    private readonly List<WireConnection> _connections = [];
    private readonly List<Socket> _accepted = [];

    public SessionTests()
    {
        _listener.Start();
        _fanOut = new FanOut(new NeighbourPlan { Server = (IPEndPoint)_listener.LocalEndpoint, Members = 2 });
    }

    public void Dispose()
    {
        _fanOut.Loop.Dispose();
        _accepted.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    [Fact]
    public void Nats() => Converse(
        seat => new NatsSession(seat),
        _ => ["INFO {\"server_id\":\"x\"}\r\n", "+OK\r\nPONG\r\n"],
        "SUB topic.0 1\r\nPING\r\n",
        text => $"PING\r\nMSG topic.0 1 64\r\n{text}\r\n");

    [Fact]
    public void Redis() => Converse(
        seat => new RedisSession(seat),
        _ => ["%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nmodules\r\n*0\r\n", ">3\r\n$9\r\nsubscribe\r\n$7\r\ntopic-0\r\n:1\r\n"],
        "SUBSCRIBE topic-0\r\n",
        text => $":2\r\n>3\r\n$7\r\nmessage\r\n$7\r\ntopic-0\r\n$64\r\n{text}\r\n$-1\r\n");

    [Fact]
    public void Xmpp() => Converse(
        seat => new XmppSession(seat),
        number =>
        [
            "<?xml version='1.0'?><stream:stream id='1' version='1.0' from='localhost'><stream:features><mechanisms/></stream:features>",
            "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><?xml version='1.0'?><stream:stream id='2'><stream:features><bind/></stream:features>",
            "<iq id='bind' type='result'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>x@localhost/1</jid></bind></iq>",
            "<presence from='topic0@conference.localhost/n0'><x xmlns='http://jabber.org/protocol/muc#user'><item role='participant'/></x></presence>",
            $"<presence from='topic0@conference.localhost/n{number}'><x xmlns='http://jabber.org/protocol/muc#user'><status code='110'/></x></presence>",
        ],
        "<presence to='topic0@conference.localhost/n0'>",
        text => $" <message type='groupchat' from='topic0@conference.localhost'><subject/></message><message type='groupchat'><body>{text}</body></message>");

    [Fact]
    public void MsrpRelay() => Converse(
        seat => new MsrpRelaySession(seat),
        number => [$"MSRP abcd1234 200 OK\r\nTo-Path: msrp://127.0.0.1:9/member{number};tcp\r\nFrom-Path: msrp://r:1/relay;tcp\r\nUse-Path: msrp://r:1/s{number};tcp\r\n-------abcd1234$\r\n"],
        "AUTH\r\n",
        text => "MSRP abcd1234 200 OK\r\nTo-Path: msrp://x/y;tcp\r\nFrom-Path: msrp://r:1/s;tcp\r\n-------abcd1234$\r\n"
            + "MSRP efgh1234 SEND\r\nTo-Path: msrp://127.0.0.1:9/member1;tcp\r\nFrom-Path: msrp://r:1/s1;tcp msrp://127.0.0.1:9/member0;tcp\r\n"
            + $"Message-ID: 1\r\nByte-Range: 1-64/64\r\nContent-Type: text/plain\r\n\r\n{text}\r\n-------efgh1234$\r\n");

    [Theory]
    [InlineData("nats", "-ERR 'Authorization Violation'\r\n")]
    [InlineData("redis", "-NOAUTH HELLO must be called with the client already authenticated\r\n")]
    [InlineData("xmpp", "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>")]
    [InlineData("xmpp", "<presence type='error' to='x'><error/></presence>")]
    public void ARefusalIsTold(string protocol, string refusal)
    {
        var session = Open(0, protocol switch
        {
            "nats" => seat => new NatsSession(seat),
            "redis" => seat => new RedisSession(seat),
            _ => seat => new XmppSession(seat),
        });

        Feed(0, session, refusal, cut: 1);

        Assert.False(session.IsReady);
        Assert.Equal(refusal.Trim(), session.LostBecause);
    }

    [Fact]
    public void ARelayHasNoRoomsOfThree()
    {
        var fanOut = new FanOut(new NeighbourPlan { Server = (IPEndPoint)_listener.LocalEndpoint, Members = 3 });
        using var loop = fanOut.Loop;
        var session = new MsrpRelaySession(new NeighbourSeat(0, 0, fanOut));

        Assert.Throws<LoadException>(() => session.Open(WireConnection.Connect(loop, "127.0.0.1", Port, session)));
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Two sessions enter; then the first says as many messages as there are places to cut what the server makes of one.</summary>
    private void Converse(Func<NeighbourSeat, NeighbourSession> create, Func<int, string[]> welcome, string entering, Func<string, string> wrap)
    {
        NeighbourSession[] sessions = [Open(0, create), Open(1, create)];
        foreach (var session in sessions)
        {
            foreach (var step in welcome(session.Number))
            {
                Assert.False(session.IsReady);
                Feed(session.Number, session, step, cut: step.Length / 2);
            }

            Assert.True(session.IsReady, session.LostBecause);
        }

        Assert.Contains(entering, Heard(0, entering), StringComparison.Ordinal);
        _fanOut.Start();
        for (var cut = 1; cut < wrap(new string('x', 64)).Length; cut++)
        {
            _fanOut.Loop.Turn!();
            var said = Heard(0, "load:", 64);
            var text = said[said.IndexOf("load:", StringComparison.Ordinal)..][..64];
            foreach (var session in sessions.Where(session => session.Number > 0 || session.HearsItself))
            {
                var before = _fanOut.Deliveries;
                Feed(session.Number, session, wrap(text), cut);
                Assert.Equal(before + 1, _fanOut.Deliveries);
            }

            Assert.True(_fanOut.IsQuiet);
        }

        _fanOut.CountMissing();
        Assert.Equal(new Faults(), _fanOut.Faults);
    }

    private NeighbourSession Open(int number, Func<NeighbourSeat, NeighbourSession> create)
    {
        var session = create(new NeighbourSeat(number, 0, _fanOut));
        _fanOut.Add(session);
        _connections.Add(WireConnection.Connect(_fanOut.Loop, "127.0.0.1", Port, session));
        _accepted.Add(_listener.AcceptSocket());
        session.Open(_connections[number]);
        return session;
    }

    /// <summary>Gives a session the first part, and then what it left of it together with the second.</summary>
    private void Feed(int number, NeighbourSession session, string data, int cut)
    {
        var bytes = Encoding.UTF8.GetBytes(data);
        var used = session.OnBytes(_connections[number], bytes.AsSpan(0, cut));
        Assert.InRange(used, 0, cut);
        used += session.OnBytes(_connections[number], bytes.AsSpan(used));
        Assert.Equal(bytes.Length, used);
        session.Flush();
    }

    /// <summary>What the server has received, until it holds a text and so many bytes from its start.</summary>
    private string Heard(int number, string text, int length = 0)
    {
        var heard = "";
        var buffer = new byte[64 * 1024];
        _accepted[number].ReceiveTimeout = 30_000;
        while (heard.IndexOf(text, StringComparison.Ordinal) is var at && (at < 0 || heard.Length < at + length))
        {
            var received = _accepted[number].Receive(buffer);
            Assert.NotEqual(0, received);
            heard += Encoding.UTF8.GetString(buffer, 0, received);
        }

        return heard;
    }
}
