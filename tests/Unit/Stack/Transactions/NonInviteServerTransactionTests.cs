using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

/// <summary>RFC 3261 figure 8 with RFC 4320, row by row.</summary>
public sealed class NonInviteServerTransactionTests
{
    /// <summary>State, input, transport, next state, effects.</summary>
    private static readonly (string State, string Input, string Transport, string Next, string Effects)[] Table =
    [
        ("Trying", "Request", "udp", "Trying", "timer 32000"),
        ("Trying", "Provisional", "udp", "Proceeding", "sent 100 MESSAGE, timer 32000"),
        ("Trying", "Final", "udp", "Completed", "sent 200 MESSAGE, timer 32000"),
        ("Trying", "Final", "tcp", "Terminated", "sent 200 MESSAGE"),
        ("Trying", "LingerTimer", "udp", "Trying", "unexpected, timer 32000"),
        ("Trying", "AbandonTimer", "udp", "Terminated", ""),

        ("Proceeding", "Request", "udp", "Proceeding", "sent 100 MESSAGE, timer 32000"),
        ("Proceeding", "Provisional", "udp", "Proceeding", "sent 100 MESSAGE, timer 32000"),
        ("Proceeding", "Final", "udp", "Completed", "sent 200 MESSAGE, timer 32000"),
        ("Proceeding", "Final", "tcp", "Terminated", "sent 200 MESSAGE"),
        ("Proceeding", "LingerTimer", "udp", "Proceeding", "unexpected, timer 32000"),
        ("Proceeding", "AbandonTimer", "udp", "Terminated", ""),

        ("Completed", "Request", "udp", "Completed", "sent 200 MESSAGE, timer 32000"),
        ("Completed", "Provisional", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "Final", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "LingerTimer", "udp", "Terminated", ""),
        ("Completed", "AbandonTimer", "udp", "Completed", "unexpected, timer 32000"),

        ("Terminated", "Request", "udp", "Terminated", "unexpected"),
        ("Terminated", "Provisional", "udp", "Terminated", "unexpected"),
        ("Terminated", "Final", "udp", "Terminated", "unexpected"),
        ("Terminated", "LingerTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "AbandonTimer", "udp", "Terminated", "unexpected"),
    ];

    public static TheoryData<string, string, string, string, string> Rows => MachineBench.RowsOf(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TransitionIsThatOfTheFigure(string state, string input, string transport, string next, string effects)
    {
        using var bench = MachineBench.For(transport);
        var machine = Reach(bench, state);

        var found = bench.EffectsOf(() => Apply(machine, Enum.Parse<NonInviteServerInput>(input)));

        Assert.Equal((next, effects), (machine.State.ToString(), found));
    }

    [Fact]
    public void TableHasARowForEveryStateAndInput() => MachineBench.AssertComplete(
        Table.Select(static row => (Enum.Parse<NonInviteServerState>(row.State), Enum.Parse<NonInviteServerInput>(row.Input))));

    private static NonInviteServerTransaction Reach(MachineBench bench, string state)
    {
        var machine = new NonInviteServerTransaction(bench.Layer, SipRequests.Received(SipMethod.Message), bench.Flow);
        machine.Start();
        NonInviteServerInput[] path = state switch
        {
            "Proceeding" => [NonInviteServerInput.Provisional],
            "Completed" => [NonInviteServerInput.Final],
            "Terminated" => [NonInviteServerInput.AbandonTimer],
            _ => [],
        };
        foreach (var input in path)
        {
            Apply(machine, input);
        }

        Assert.Equal(state, machine.State.ToString());
        return machine;
    }

    private static void Apply(NonInviteServerTransaction machine, NonInviteServerInput input)
    {
        var status = input switch
        {
            NonInviteServerInput.Provisional => 100,
            NonInviteServerInput.Final => 200,
            _ => 0,
        };
        machine.Handle(input, status == 0 ? null : machine.CreateResponse(status));
    }
}
