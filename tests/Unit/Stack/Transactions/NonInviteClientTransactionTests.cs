using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

/// <summary>RFC 3261 figure 6, row by row.</summary>
public sealed class NonInviteClientTransactionTests
{
    /// <summary>State, input, transport, next state, effects.</summary>
    private static readonly (string State, string Input, string Transport, string Next, string Effects)[] Table =
    [
        ("Trying", "Provisional", "udp", "Proceeding", "told 100, timer 500"),
        ("Trying", "Provisional", "tcp", "Proceeding", "told 100, timer 32000"),
        ("Trying", "Final", "udp", "Completed", "told 200, timer 5000"),
        ("Trying", "Final", "tcp", "Terminated", "told 200"),
        ("Trying", "RetransmitTimer", "udp", "Trying", "sent MESSAGE, timer 1000"),
        ("Trying", "TimeoutTimer", "udp", "Terminated", "told Timeout"),
        ("Trying", "TimeoutTimer", "tcp", "Terminated", "told Timeout"),
        ("Trying", "LingerTimer", "udp", "Trying", "unexpected, timer 500"),
        ("Trying", "TransportError", "udp", "Terminated", "told TransportError"),
        ("Trying", "TransportError", "tcp", "Terminated", "told TransportError"),

        ("Proceeding", "Provisional", "udp", "Proceeding", "told 100, timer 500"),
        ("Proceeding", "Final", "udp", "Completed", "told 200, timer 5000"),
        ("Proceeding", "Final", "tcp", "Terminated", "told 200"),
        ("Proceeding", "RetransmitTimer", "udp", "Proceeding", "sent MESSAGE, timer 4000"),
        ("Proceeding", "TimeoutTimer", "udp", "Terminated", "told Timeout"),
        ("Proceeding", "LingerTimer", "udp", "Proceeding", "unexpected, timer 500"),
        ("Proceeding", "TransportError", "udp", "Terminated", "told TransportError"),

        ("Completed", "Provisional", "udp", "Completed", "unexpected, timer 5000"),
        ("Completed", "Final", "udp", "Completed", "timer 5000"),
        ("Completed", "RetransmitTimer", "udp", "Completed", "unexpected, timer 5000"),
        ("Completed", "TimeoutTimer", "udp", "Completed", "unexpected, timer 5000"),
        ("Completed", "LingerTimer", "udp", "Terminated", ""),
        ("Completed", "TransportError", "udp", "Completed", "unexpected, timer 5000"),

        ("Terminated", "Provisional", "udp", "Terminated", "unexpected"),
        ("Terminated", "Final", "udp", "Terminated", "unexpected"),
        ("Terminated", "RetransmitTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "TimeoutTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "LingerTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "TransportError", "udp", "Terminated", "unexpected"),
    ];

    public static TheoryData<string, string, string, string, string> Rows => MachineBench.RowsOf(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TransitionIsThatOfTheFigure(string state, string input, string transport, string next, string effects)
    {
        using var bench = MachineBench.For(transport);
        var machine = Reach(bench, state);

        var found = bench.EffectsOf(() => Apply(machine, Enum.Parse<NonInviteClientInput>(input)));

        Assert.Equal((next, effects), (machine.State.ToString(), found));
    }

    [Fact]
    public void TableHasARowForEveryStateAndInput() => MachineBench.AssertComplete(
        Table.Select(static row => (Enum.Parse<NonInviteClientState>(row.State), Enum.Parse<NonInviteClientInput>(row.Input))));

    [Theory]
    [InlineData("udp", "sent MESSAGE, timer 500")]
    [InlineData("tcp", "sent MESSAGE, timer 32000")]
    public void StartSendsTheRequest(string transport, string effects)
    {
        using var bench = MachineBench.For(transport);
        var machine = new NonInviteClientTransaction(bench.Layer, bench.Request(SipMethod.Message));

        Assert.Equal(effects, bench.EffectsOf(machine.Start));
        Assert.Equal(NonInviteClientState.Trying, machine.State);
    }

    [Fact]
    public void RetransmissionsDoubleUpToT2()
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Trying");
        var timers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            timers.Add(bench.EffectsOf(() => Apply(machine, NonInviteClientInput.RetransmitTimer)));
        }

        Assert.Equal([1000, 2000, 4000, 4000, 4000], timers.Select(static effects => int.Parse(effects.Split(' ')[^1], null)));
    }

    [Fact]
    public void CancelDoesNothing()
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Proceeding");

        Assert.Equal("timer 500", bench.EffectsOf(() => machine.Cancel()));
        Assert.Equal(NonInviteClientState.Proceeding, machine.State);
    }

    private static NonInviteClientTransaction Reach(MachineBench bench, string state)
    {
        var machine = new NonInviteClientTransaction(bench.Layer, bench.Request(SipMethod.Message));
        machine.Start();
        NonInviteClientInput[] path = state switch
        {
            "Proceeding" => [NonInviteClientInput.Provisional],
            "Completed" => [NonInviteClientInput.Final],
            "Terminated" => [NonInviteClientInput.TransportError],
            _ => [],
        };
        foreach (var input in path)
        {
            Apply(machine, input);
        }

        Assert.Equal(state, machine.State.ToString());
        return machine;
    }

    private static void Apply(NonInviteClientTransaction machine, NonInviteClientInput input)
    {
        var status = input switch
        {
            NonInviteClientInput.Provisional => 100,
            NonInviteClientInput.Final => 200,
            _ => 0,
        };
        machine.Handle(input, status == 0 ? null : SipMessage.CreateResponse(machine.Request, status));
    }
}
