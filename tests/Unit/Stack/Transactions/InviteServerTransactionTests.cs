using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

/// <summary>RFC 3261 figure 7 and RFC 6026 figure 2, row by row.</summary>
public sealed class InviteServerTransactionTests
{
    /// <summary>State, input, transport, next state, effects. Ringing is Proceeding behind a 180.</summary>
    private static readonly (string State, string Input, string Transport, string Next, string Effects)[] Table =
    [
        ("Proceeding", "Request", "udp", "Proceeding", "timer 200"),
        ("Ringing", "Request", "udp", "Proceeding", "sent 180 INVITE, timer 600000"),
        ("Proceeding", "Ack", "udp", "Proceeding", "unexpected, timer 200"),
        ("Proceeding", "Provisional", "udp", "Proceeding", "sent 180 INVITE, timer 600000"),
        ("Proceeding", "Success", "udp", "Accepted", "sent 200 INVITE, timer 32000"),
        ("Proceeding", "Success", "tcp", "Accepted", "sent 200 INVITE, timer 32000"),
        ("Proceeding", "Failure", "udp", "Completed", "sent 404 INVITE, timer 500"),
        ("Proceeding", "Failure", "tcp", "Completed", "sent 404 INVITE, timer 32000"),
        ("Proceeding", "TryingTimer", "udp", "Proceeding", "sent 100 INVITE, timer 600000"),
        ("Proceeding", "RetransmitTimer", "udp", "Proceeding", "unexpected, timer 200"),
        ("Proceeding", "AckTimer", "udp", "Proceeding", "unexpected, timer 200"),
        ("Proceeding", "LingerTimer", "udp", "Proceeding", "unexpected, timer 200"),
        ("Proceeding", "AbandonTimer", "udp", "Completed", "sent 500 INVITE, timer 500"),

        ("Accepted", "Request", "udp", "Accepted", "timer 32000"),
        ("Accepted", "Ack", "udp", "Accepted", "timer 32000"),
        ("Accepted", "Provisional", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "Success", "udp", "Accepted", "sent 200 INVITE, timer 32000"),
        ("Accepted", "Failure", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "TryingTimer", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "RetransmitTimer", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "AckTimer", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "LingerTimer", "udp", "Terminated", ""),
        ("Accepted", "LingerTimer", "tcp", "Terminated", ""),
        ("Accepted", "AbandonTimer", "udp", "Accepted", "unexpected, timer 32000"),

        ("Completed", "Request", "udp", "Completed", "sent 404 INVITE, timer 500"),
        ("Completed", "Ack", "udp", "Confirmed", "timer 5000"),
        ("Completed", "Ack", "tcp", "Terminated", ""),
        ("Completed", "Provisional", "udp", "Completed", "unexpected, timer 500"),
        ("Completed", "Success", "udp", "Completed", "unexpected, timer 500"),
        ("Completed", "Failure", "udp", "Completed", "unexpected, timer 500"),
        ("Completed", "TryingTimer", "udp", "Completed", "unexpected, timer 500"),
        ("Completed", "RetransmitTimer", "udp", "Completed", "sent 404 INVITE, timer 1000"),
        ("Completed", "AckTimer", "udp", "Terminated", ""),
        ("Completed", "AckTimer", "tcp", "Terminated", ""),
        ("Completed", "LingerTimer", "udp", "Completed", "unexpected, timer 500"),
        ("Completed", "AbandonTimer", "udp", "Completed", "unexpected, timer 500"),

        ("Confirmed", "Request", "udp", "Confirmed", "timer 5000"),
        ("Confirmed", "Ack", "udp", "Confirmed", "timer 5000"),
        ("Confirmed", "Provisional", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "Success", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "Failure", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "TryingTimer", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "RetransmitTimer", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "AckTimer", "udp", "Confirmed", "unexpected, timer 5000"),
        ("Confirmed", "LingerTimer", "udp", "Terminated", ""),
        ("Confirmed", "AbandonTimer", "udp", "Confirmed", "unexpected, timer 5000"),

        ("Terminated", "Request", "udp", "Terminated", "unexpected"),
        ("Terminated", "Ack", "udp", "Terminated", "unexpected"),
        ("Terminated", "Provisional", "udp", "Terminated", "unexpected"),
        ("Terminated", "Success", "udp", "Terminated", "unexpected"),
        ("Terminated", "Failure", "udp", "Terminated", "unexpected"),
        ("Terminated", "TryingTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "RetransmitTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "AckTimer", "udp", "Terminated", "unexpected"),
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

        var found = bench.EffectsOf(() => Apply(machine, Enum.Parse<InviteServerInput>(input)));

        Assert.Equal((next, effects), (machine.State.ToString(), found));
    }

    [Fact]
    public void TableHasARowForEveryStateAndInput() => MachineBench.AssertComplete(
        Table.Where(static row => row.State != "Ringing").Select(static row => (Enum.Parse<InviteServerState>(row.State), Enum.Parse<InviteServerInput>(row.Input))));

    [Fact]
    public void RetransmissionsDoubleUpToT2()
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Completed");
        var timers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            timers.Add(bench.EffectsOf(() => Apply(machine, InviteServerInput.RetransmitTimer)));
        }

        Assert.Equal([1000, 2000, 4000, 4000, 4000], timers.Select(static effects => int.Parse(effects.Split(' ')[^1], null)));
    }

    [Fact]
    public void TryingHasNoToTagAndEchoesTheTimestamp()
    {
        using var bench = MachineBench.For("udp");
        var request = SipRequests.Received(SipMethod.Invite);
        request.Headers.Add(SipHeaderId.Timestamp, "54");
        var machine = new InviteServerTransaction(bench.Layer, request, bench.Flow);
        machine.Start();
        Apply(machine, InviteServerInput.TryingTimer);

        var trying = Assert.Single(bench.Flow.Sent);
        Assert.Null(trying.To!.Tag);
        Assert.Equal("54", trying.Headers.GetText(SipHeaderId.Timestamp));
    }

    [Fact]
    public void ResponsesOfOneTransactionHaveTheSameToTag()
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Proceeding");
        machine.Respond(180);
        machine.Respond(200);

        var tags = bench.Flow.Sent.Select(static response => response.To!.Tag).Distinct().ToList();
        Assert.Equal([machine.LocalTag], tags);
        Assert.True(machine.LocalTag.Length >= 26); // 128 bits
    }

    [Theory]
    [InlineData(401)]
    [InlineData(407)]
    public void ChallengeIsRepeatedOnlyWhenItIsAskedFor(int status)
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Proceeding");

        Assert.Equal($"sent {status} INVITE, timer 32000", bench.EffectsOf(() => machine.Respond(status)));
        Assert.Equal($"sent {status} INVITE, timer 32000", bench.EffectsOf(() => Apply(machine, InviteServerInput.Request)));
        Assert.Equal("timer 5000", bench.EffectsOf(() => Apply(machine, InviteServerInput.Ack)));
    }

    private static InviteServerTransaction Reach(MachineBench bench, string state)
    {
        var machine = new InviteServerTransaction(bench.Layer, SipRequests.Received(SipMethod.Invite), bench.Flow);
        machine.Start();
        InviteServerInput[] path = state switch
        {
            "Ringing" => [InviteServerInput.Provisional],
            "Accepted" => [InviteServerInput.Success],
            "Completed" => [InviteServerInput.Failure],
            "Confirmed" => [InviteServerInput.Failure, InviteServerInput.Ack],
            "Terminated" => [InviteServerInput.Success, InviteServerInput.LingerTimer],
            _ => [],
        };
        foreach (var input in path)
        {
            Apply(machine, input);
        }

        Assert.Equal(state == "Ringing" ? "Proceeding" : state, machine.State.ToString());
        return machine;
    }

    private static void Apply(InviteServerTransaction machine, InviteServerInput input)
    {
        var status = input switch
        {
            InviteServerInput.Provisional => 180,
            InviteServerInput.Success => 200,
            InviteServerInput.Failure => 404,
            _ => 0,
        };
        machine.Handle(input, status == 0 ? null : machine.CreateResponse(status));
    }
}
