using OmaIm.Cli;
using OmaIm.Cli.Im;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Im;

public sealed class MessageOutcomeTests
{
    private const string Bob = "sip:bob@localhost";

    [Theory]
    [InlineData(false, ExitCode.Ok, ImdnStatus.Delivered)]
    [InlineData(true, ExitCode.NotConfirmed, ImdnStatus.Delivered)]
    [InlineData(true, ExitCode.Ok, ImdnStatus.Delivered, ImdnStatus.Displayed)]
    [InlineData(false, ExitCode.Failed, ImdnStatus.Failed)]
    [InlineData(false, ExitCode.Ok, ImdnStatus.Failed, ImdnStatus.Delivered)]
    [InlineData(false, ExitCode.Ok, ImdnStatus.Delivered, ImdnStatus.Failed)]
    [InlineData(true, ExitCode.NotConfirmed, ImdnStatus.Failed, ImdnStatus.Delivered)]
    [InlineData(false, ExitCode.NotConfirmed, ImdnStatus.Forbidden, ImdnStatus.Stored, ImdnStatus.Error)]
    [InlineData(false, ExitCode.NotConfirmed)]
    public void WhatOneDeviceHasTheFailureOfAnotherTakesNotAway(bool untilDisplayed, int code, params ImdnStatus[] said)
    {
        var outcome = new MessageOutcome("sip:bob@LOCALHOST", untilDisplayed);
        var isSettled = said.Select(status => outcome.Take(Says(Bob, status))).ToArray().Contains(true);
        Assert.Equal(code, outcome.Code);
        Assert.Equal(code == ExitCode.Ok, isSettled);
    }

    [Fact]
    public void OfAGroupAllAreWaitedForAndOneWithoutTheMessageIsAFailure()
    {
        var outcome = new MessageOutcome("sip:friends@localhost", untilDisplayed: false);
        Assert.False(outcome.Take(Says(Bob, ImdnStatus.Delivered)));
        Assert.Equal(ExitCode.Ok, outcome.Code);
        Assert.False(outcome.Take(Says("sip:carol@localhost", ImdnStatus.Failed)));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.False(outcome.Take(Says("sip:carol@localhost", ImdnStatus.Delivered)));
        Assert.Equal(ExitCode.Ok, outcome.Code);
    }

    [Theory]
    [InlineData(false, ExitCode.Ok)]
    [InlineData(true, ExitCode.NotConfirmed)]
    public void TheAnswerOfTheReceiversClientIsAsGoodAsAReceiptForDelivery(bool untilDisplayed, int code)
    {
        var outcome = new MessageOutcome(Bob, untilDisplayed);
        outcome.Answered();
        Assert.Equal(code, outcome.Code);
    }

    private static Receipt Says(string from, ImdnStatus status) =>
        new("m", from, Enum.GetValues<ImdnKind>().First(kind => ImdnDocument.IsPossible(kind, status)), status);
}
