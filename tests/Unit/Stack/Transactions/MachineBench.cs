using System.Globalization;
using System.Net;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

/// <summary>Runs one input of one machine and writes down what came of it, in the notation of the transition tables.</summary>
internal sealed class MachineBench : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SipNode _node;
    private readonly List<string> _told = [];

    public MachineBench(SipProtocol protocol)
    {
        _node = new SipNode(_time);
        Flow = new MemoryFlow(protocol, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060), new IPEndPoint(IPAddress.Parse("192.0.2.2"), 5060));
    }

    public MemoryFlow Flow { get; }

    public TransactionLayer Layer => _node.Transactions;

    public static MachineBench For(string transport) => new(transport == "tcp" ? SipProtocol.Tcp : SipProtocol.Udp);

    public void Dispose() => _node.Dispose();

    public ClientRequest Request(SipMethod method)
    {
        var request = SipRequests.Received(method);
        return new ClientRequest(
            request,
            Flow,
            (_, response) => _told.Add(string.Create(CultureInfo.InvariantCulture, $"told {response.StatusCode}")),
            (_, failure) => _told.Add($"told {failure}"));
    }

    /// <summary>"sent" messages, what the user was "told", "unexpected" inputs, and the time to the next timer in milliseconds.</summary>
    public string EffectsOf(Action input)
    {
        Flow.Sent.Clear();
        _told.Clear();
        var unexpected = Layer.Statistics.Unexpected;
        input();
        var sent = Flow.SentInShort().Select(static message => "sent " + message);
        var ignored = Layer.Statistics.Unexpected > unexpected ? new[] { "unexpected" } : [];
        var timer = _node.Loop.UntilNextTimer is { } next
            ? [string.Create(CultureInfo.InvariantCulture, $"timer {next.TotalMilliseconds}")]
            : Array.Empty<string>();
        return string.Join(", ", sent.Concat(_told).Concat(ignored).Concat(timer));
    }

    public static TheoryData<string, string, string, string, string> RowsOf((string State, string Input, string Transport, string Next, string Effects)[] table)
    {
        var rows = new TheoryData<string, string, string, string, string>();
        foreach (var (state, input, transport, next, effects) in table)
        {
            rows.Add(state, input, transport, next, effects);
        }

        return rows;
    }

    /// <summary>Every state (but Initial) must have a row for every input.</summary>
    public static void AssertComplete<TState, TInput>(IEnumerable<(TState State, TInput Input)> rows)
        where TState : struct, Enum
        where TInput : struct, Enum
    {
        var wanted = Enum.GetValues<TState>().Where(static state => state.ToString() != "Initial").SelectMany(static state => Enum.GetValues<TInput>().Select(input => (state, input)));
        Assert.Equal(wanted.Order(), rows.Distinct().Order());
    }
}
