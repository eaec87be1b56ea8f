using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transactions;

/// <summary>RFC 3261 figure 5 and RFC 6026 figure 1, row by row.</summary>
public sealed class InviteClientTransactionTests
{
    /// <summary>State, input, transport, next state, effects.</summary>
    private static readonly (string State, string Input, string Transport, string Next, string Effects)[] Table =
    [
        ("Calling", "Provisional", "udp", "Proceeding", "told 180, timer 185000"),
        ("Calling", "Provisional", "tcp", "Proceeding", "told 180, timer 185000"),
        ("Calling", "Success", "udp", "Accepted", "told 200, timer 32000"),
        ("Calling", "Success", "tcp", "Accepted", "told 200, timer 32000"),
        ("Calling", "Failure", "udp", "Completed", "sent ACK, told 404, timer 32000"),
        ("Calling", "Failure", "tcp", "Terminated", "sent ACK, told 404"),
        ("Calling", "RetransmitTimer", "udp", "Calling", "sent INVITE, timer 1000"),
        ("Calling", "TimeoutTimer", "udp", "Terminated", "told Timeout"),
        ("Calling", "TimeoutTimer", "tcp", "Terminated", "told Timeout"),
        ("Calling", "LingerTimer", "udp", "Calling", "unexpected, timer 500"),
        ("Calling", "TransportError", "udp", "Terminated", "told TransportError"),
        ("Calling", "TransportError", "tcp", "Terminated", "told TransportError"),
        ("Calling", "Cancel", "udp", "Calling", "timer 500"),
        ("Calling", "Cancel", "tcp", "Calling", "timer 32000"),

        ("Proceeding", "Provisional", "udp", "Proceeding", "told 180, timer 185000"),
        ("Proceeding", "Success", "udp", "Accepted", "told 200, timer 32000"),
        ("Proceeding", "Failure", "udp", "Completed", "sent ACK, told 404, timer 32000"),
        ("Proceeding", "Failure", "tcp", "Terminated", "sent ACK, told 404"),
        ("Proceeding", "RetransmitTimer", "udp", "Proceeding", "unexpected, timer 185000"),
        ("Proceeding", "TimeoutTimer", "udp", "Proceeding", "sent CANCEL, timer 500"),
        ("Proceeding", "LingerTimer", "udp", "Proceeding", "unexpected, timer 185000"),
        ("Proceeding", "TransportError", "udp", "Terminated", "told TransportError"),
        ("Proceeding", "Cancel", "udp", "Proceeding", "sent CANCEL, timer 500"),
        ("Proceeding", "Cancel", "tcp", "Proceeding", "sent CANCEL, timer 32000"),

        ("Accepted", "Provisional", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "Success", "udp", "Accepted", "told 200, timer 32000"),
        ("Accepted", "Failure", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "RetransmitTimer", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "TimeoutTimer", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "LingerTimer", "udp", "Terminated", ""),
        ("Accepted", "LingerTimer", "tcp", "Terminated", ""),
        ("Accepted", "TransportError", "udp", "Accepted", "unexpected, timer 32000"),
        ("Accepted", "Cancel", "udp", "Accepted", "unexpected, timer 32000"),

        ("Completed", "Provisional", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "Success", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "Failure", "udp", "Completed", "sent ACK, timer 32000"),
        ("Completed", "RetransmitTimer", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "TimeoutTimer", "udp", "Completed", "unexpected, timer 32000"),
        ("Completed", "LingerTimer", "udp", "Terminated", ""),
        ("Completed", "TransportError", "udp", "Terminated", ""),
        ("Completed", "Cancel", "udp", "Completed", "unexpected, timer 32000"),

        ("Terminated", "Provisional", "udp", "Terminated", "unexpected"),
        ("Terminated", "Success", "udp", "Terminated", "unexpected"),
        ("Terminated", "Failure", "udp", "Terminated", "unexpected"),
        ("Terminated", "RetransmitTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "TimeoutTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "LingerTimer", "udp", "Terminated", "unexpected"),
        ("Terminated", "TransportError", "udp", "Terminated", "unexpected"),
        ("Terminated", "Cancel", "udp", "Terminated", "unexpected"),
    ];

    public static TheoryData<string, string, string, string, string> Rows => MachineBench.RowsOf(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TransitionIsThatOfTheFigure(string state, string input, string transport, string next, string effects)
    {
        using var bench = MachineBench.For(transport);
        var machine = Reach(bench, state);

        var found = bench.EffectsOf(() => Apply(machine, Enum.Parse<InviteClientInput>(input)));

        Assert.Equal((next, effects), (machine.State.ToString(), found));
    }

    [Fact]
    public void TableHasARowForEveryStateAndInput() => MachineBench.AssertComplete(
        Table.Select(static row => (Enum.Parse<InviteClientState>(row.State), Enum.Parse<InviteClientInput>(row.Input))));

    [Theory]
    [InlineData("udp", "sent INVITE, timer 500")]
    [InlineData("tcp", "sent INVITE, timer 32000")]
    public void StartSendsTheInvite(string transport, string effects)
    {
        using var bench = MachineBench.For(transport);
        var machine = new InviteClientTransaction(bench.Layer, bench.Request(SipMethod.Invite));

        Assert.Equal(effects, bench.EffectsOf(machine.Start));
        Assert.Equal(InviteClientState.Calling, machine.State);
    }

    [Fact]
    public void CancelThatWasWantedInCallingGoesOutWithTheFirstProvisionalResponse()
    {
        using var bench = MachineBench.For("udp");
        var machine = Reach(bench, "Calling");
        machine.Cancel();

        Assert.Equal("sent CANCEL, told 180, timer 500", bench.EffectsOf(() => Apply(machine, InviteClientInput.Provisional)));
        Assert.Equal("unexpected, timer 500", bench.EffectsOf(() => Apply(machine, InviteClientInput.RetransmitTimer)));
        Assert.Equal("timer 500", bench.EffectsOf(() => machine.Cancel())); // one is enough
        Assert.Equal("told Timeout, timer 500", bench.EffectsOf(() => Apply(machine, InviteClientInput.TimeoutTimer))); // 64*T1 behind the CANCEL
        Assert.Equal(InviteClientState.Terminated, machine.State);
    }

    [Fact]
    public void AckOfAFailureIsThatOfSection17113()
    {
        using var bench = MachineBench.For("udp");
        var request = bench.Request(SipMethod.Invite);
        request.Message.Headers.Add(SipHeaderId.Route, "<sip:proxy.example.com;lr>");
        var machine = new InviteClientTransaction(bench.Layer, request);
        machine.Start();
        Apply(machine, InviteClientInput.Failure);

        var ack = bench.Flow.Sent[^1];
        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.Equal(request.Message.RequestUri.ToString(), ack.RequestUri.ToString());
        Assert.Equal("z9hG4bKb1", Assert.Single(ack.Vias).Branch);
        Assert.Equal("<sip:proxy.example.com;lr>", ack.Headers.GetText(SipHeaderId.Route));
        Assert.Equal("1 ACK", ack.Headers.GetText(SipHeaderId.CSeq));
        Assert.Equal("call-1", ack.CallId!.Value);
        Assert.Equal("a1", ack.From!.Tag);
        Assert.Equal("b1", ack.To!.Tag);
        Assert.Null(ack.Contact);
    }

    private static InviteClientTransaction Reach(MachineBench bench, string state)
    {
        var machine = new InviteClientTransaction(bench.Layer, bench.Request(SipMethod.Invite));
        machine.Start();
        InviteClientInput[] path = state switch
        {
            "Proceeding" => [InviteClientInput.Provisional],
            "Accepted" => [InviteClientInput.Success],
            "Completed" => [InviteClientInput.Failure],
            "Terminated" => [InviteClientInput.TransportError],
            _ => [],
        };
        foreach (var input in path)
        {
            Apply(machine, input);
        }

        Assert.Equal(state, machine.State.ToString());
        return machine;
    }

    private static void Apply(InviteClientTransaction machine, InviteClientInput input)
    {
        var status = input switch
        {
            InviteClientInput.Provisional => 180,
            InviteClientInput.Success => 200,
            InviteClientInput.Failure => 404,
            _ => 0,
        };
        machine.Handle(input, status == 0 ? null : Response(machine.Request, status));
    }

    private static SipMessage Response(SipMessage request, int status)
    {
        var response = SipMessage.CreateResponse(request, status);
        response.Headers.Set(SipHeaderId.To, "<sip:bob@example.com>;tag=b1");
        return response;
    }
}
